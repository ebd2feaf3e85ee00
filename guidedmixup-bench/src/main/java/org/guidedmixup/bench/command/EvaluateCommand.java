package org.guidedmixup.bench.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.guidedmixup.bench.data.BatchSource;
import org.guidedmixup.bench.data.DataSource;
import org.guidedmixup.bench.data.ImageData;
import org.guidedmixup.bench.data.Normalization;
import org.guidedmixup.bench.data.corruption.Corruption;
import org.guidedmixup.bench.data.corruption.CorruptionSheet;
import org.guidedmixup.bench.experiment.CorruptedAccuracy;
import org.guidedmixup.bench.io.AtomicFile;
import org.guidedmixup.bench.model.Architecture;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.report.TextTable;
import org.guidedmixup.bench.training.StatisticsRenewal;
import org.guidedmixup.bench.training.TrainedModel;
import org.guidedmixup.dl4j.picture.Png;
import org.nd4j.linalg.dataset.DataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures trained networks on clean and on corrupted test images. */
@Command(
        name = "evaluate",
        description = {
            "Measures the top-1 accuracy of networks from train's checkpoints, on clean and on corrupted test images. "
                    + "Prints a table for each checkpoint: the mean over the severities, then each severity.",
            "Name the data and the network with the same options as for train."
        },
        sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {
    private static final List<String> HEADINGS = List.of("corruption", "top-1 %", "severity 1", "2", "3", "4", "5");
    private static final String CIFAR_C = "cifar-c";
    private static final int RENEWAL_BATCH = 50;

    @Mixin
    private DataOptions data;

    @Mixin
    private ModelOptions model;

    @Option(
            names = "--checkpoint",
            split = ",",
            paramLabel = "FILE",
            description = "Checkpoints written by train, separated by commas.")
    private List<Path> checkpoints = List.of();

    @Option(
            names = "--corruption",
            split = ",",
            paramLabel = "NAME",
            description = "Corruptions, separated by commas: cifar-c for the 19 of CIFAR-C, gaussian-noise etc., "
                    + "background-noise, random-replacement.")
    private List<String> corruptions = List.of();

    @Option(
            names = "--renew-batch-norm",
            description =
                    "Take the statistics of batch normalization anew from the unmixed training images first: after a training "
                            + "on mixed images they are those of mixed images. The checkpoints are not modified.")
    private boolean renewBatchNorm;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "Write a line for each checkpoint, corruption and severity.")
    private Path csv;

    @Option(
            names = "--sheet",
            paramLabel = "FILE.png",
            description =
                    "Draw the first test image under each corruption: one row each, severities from left to right.")
    private Path sheet;

    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        if (checkpoints.isEmpty() && sheet == null) {
            throw new IllegalArgumentException("--checkpoint and --sheet: expected at least one, got neither");
        }
        List<Optional<Corruption>> chosen = corruptions();
        Architecture architecture = model.architecture();
        DataSource source = data.source();
        common.startBackend();
        ImageData images = source.load(data.loadOptions(common.seed()));
        common.print(DataOptions.describe(images));
        if (sheet != null) {
            AtomicFile.write(sheet, Png.bytes(CorruptionSheet.draw(images.test(), 0, common.seed())));
            common.print("wrote " + sheet);
        }
        List<List<CorruptedAccuracy>> measured = new ArrayList<>();
        for (Path checkpoint : checkpoints) {
            ImageModel network = TrainedModel.read(
                    checkpoint,
                    ImageModel.builder()
                            .architecture(architecture)
                            .input(
                                    images.train().channels(),
                                    images.train().height(),
                                    images.train().width())
                            .classes(images.train().classes()));
            if (renewBatchNorm) {
                StatisticsRenewal.renew(network, unmixedBatches(images));
                common.print(checkpoint + ": statistics of batch norm renewed from "
                        + images.train().size() + " training images");
            }
            measured.add(measure(checkpoint, network, images, chosen));
            if (csv != null) {
                AtomicFile.write(csv, csv(measured));
            }
        }
        return exitCode(measured);
    }

    private Iterator<DataSet> unmixedBatches(ImageData images) {
        return BatchSource.builder(images.train())
                .normalization(Normalization.of(images.train()))
                .batchSize(Math.min(RENEWAL_BATCH, images.train().size()))
                .seed(common.seed())
                .build()
                .epoch(0);
    }

    private int exitCode(List<List<CorruptedAccuracy>> measured) {
        List<String> diverged = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            if (measured.get(i).stream().anyMatch(accuracy -> accuracy.undefined() > 0)) {
                diverged.add(checkpoints.get(i).toString());
            }
        }
        return Divergence.exitCode(
                command.commandLine(),
                "scores that are not numbers, counted as wrong, because the network diverged",
                diverged);
    }

    private List<Optional<Corruption>> corruptions() {
        Stream<Corruption> named = corruptions.stream()
                .flatMap(name ->
                        name.equals(CIFAR_C) ? Corruption.cifarC().stream() : Stream.of(Corruption.named(name)));
        return Stream.concat(
                        Stream.of(Optional.<Corruption>empty()),
                        named.distinct().map(Optional::of))
                .toList();
    }

    private List<CorruptedAccuracy> measure(
            Path checkpoint, ImageModel network, ImageData images, List<Optional<Corruption>> chosen) {
        Normalization normalization = Normalization.of(images.train());
        List<CorruptedAccuracy> accuracies = new ArrayList<>();
        try (Progress progress = new Progress(common, checkpoint.getFileName().toString(), chosen.size())) {
            for (Optional<Corruption> corruption : chosen) {
                CorruptedAccuracy accuracy =
                        CorruptedAccuracy.measure(network, images.test(), normalization, corruption, common.seed());
                accuracies.add(accuracy);
                progress.step(accuracy.name());
            }
        }
        common.print("");
        common.print(checkpoint.toString());
        List<List<String>> rows = new ArrayList<>(
                accuracies.stream().map(CorruptedAccuracy::cells).toList());
        if (corruptions.contains(CIFAR_C)) {
            rows.add(List.of("mean of CIFAR-C's", percent(meanOfCifarC(accuracies)), "", "", "", "", ""));
        }
        common.print(TextTable.render(HEADINGS, rows).stripTrailing());
        return accuracies;
    }

    private static double meanOfCifarC(List<CorruptedAccuracy> accuracies) {
        return accuracies.stream()
                .filter(accuracy -> accuracy.corruption()
                        .filter(Corruption.cifarC()::contains)
                        .isPresent())
                .mapToDouble(CorruptedAccuracy::mean)
                .average()
                .orElse(Double.NaN);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private String csv(List<List<CorruptedAccuracy>> measured) throws IOException {
        StringBuilder text = new StringBuilder();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader("checkpoint", "corruption", "severity", "top1_percent")
                .get();
        try (CSVPrinter printer = new CSVPrinter(text, format)) {
            for (int i = 0; i < measured.size(); i++) {
                for (CorruptedAccuracy accuracy : measured.get(i)) {
                    for (int j = 0; j < accuracy.top1().size(); j++) {
                        int severity = accuracy.corruption().isEmpty() ? 0 : j + 1;
                        printer.printRecord(
                                checkpoints.get(i),
                                accuracy.name(),
                                severity,
                                percent(accuracy.top1().get(j)));
                    }
                }
            }
        }
        return text.toString();
    }
}

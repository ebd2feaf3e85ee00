package org.guidedmixup.bench.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.guidedmixup.bench.data.DataSource;
import org.guidedmixup.bench.data.ImageData;
import org.guidedmixup.bench.experiment.MeasurementFile;
import org.guidedmixup.bench.experiment.MethodCheck;
import org.guidedmixup.bench.experiment.MethodTraining;
import org.guidedmixup.bench.experiment.PaperNumbers;
import org.guidedmixup.bench.experiment.PaperProtocol;
import org.guidedmixup.bench.experiment.PaperTable;
import org.guidedmixup.bench.experiment.PaperTable.Column;
import org.guidedmixup.bench.experiment.Protocol;
import org.guidedmixup.bench.experiment.TableRun;
import org.guidedmixup.bench.experiment.TableRun.NamedData;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.overhead.BatchTimes;
import org.guidedmixup.bench.overhead.OverheadProtocol;
import org.guidedmixup.bench.overhead.OverheadStudy;
import org.guidedmixup.bench.report.TextTable;
import org.guidedmixup.bench.report.TrainingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reproduces a table of the paper. */
@Command(
        name = "experiment",
        description = {
            "Reproduces a table of the paper (Kang and Kim 2023) on the given data: trains all its methods with every "
                    + "seed, and prints the table with the paper's numbers beside ours. --scale full trains as the paper "
                    + "does; --scale small trains a small network, in minutes. Every training option can be overridden.",
            "Results accumulate in measurements.csv in --out; what it holds is not trained again, and an interrupted "
                    + "training resumes where it stopped."
        },
        sortOptions = false)
final class ExperimentCommand implements Callable<Integer> {
    private static final List<Integer> BATCHES = List.of(16, 32, 64);

    @Parameters(index = "0", paramLabel = "TABLE", description = "table1 to table8; table2 measures time.")
    private String tableName;

    @Mixin
    private DataOptions data;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for results and checkpoints.")
    private Path out;

    @Option(
            names = "--scale",
            defaultValue = "small",
            description =
                    "small: small-resnet, 240 epochs, one-cycle; full: the paper's network and protocol (default: "
                            + "${DEFAULT-VALUE}).")
    private String scale;

    @Option(
            names = "--method",
            split = ",",
            paramLabel = "METHOD",
            completionCandidates = MethodNames.class,
            description = "The rows, separated by commas (default: the table's).")
    private List<String> methods;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "N",
            description = "table6: training images per class, separated by commas (default: 50,100,250).")
    private List<Integer> columns;

    @Option(
            names = "--seeds",
            split = ",",
            paramLabel = "SEED",
            description = "Seeds, separated by commas, with one training for each (default: --seed).")
    private List<Long> seeds;

    @Option(
            names = "--runs",
            defaultValue = "9",
            description = "table2: measured rounds for each batch size (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--warmup-mixing",
            defaultValue = "3",
            paramLabel = "SECONDS",
            description = "table2: how long each method mixes before the first round (default: ${DEFAULT-VALUE}).")
    private int mixingWarmup;

    @Mixin
    private ProtocolOptions protocolOptions;

    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec command;

    private final Map<OptionalInt, NamedData> loaded = new HashMap<>();

    @Override
    public Integer call() throws IOException {
        PaperTable table = PaperTable.named(tableName);
        boolean full = isFull();
        List<Long> chosenSeeds = Seeds.chosen(seeds, common.seed());
        Protocol protocol = full
                ? protocolOptions.protocol(table.protocol(), table.model())
                : protocolOptions.protocol(PaperProtocol.SMALL, PaperProtocol.SMALL.model());
        List<MixingMethod> rows = methods == null
                ? table.methods()
                : methods.stream().map(MixingMethod::of).distinct().toList();
        List<Column> shown = columns(table);
        DataSource source = data.source();
        MeasurementFile measurements = MeasurementFile.open(out.resolve("measurements.csv"));
        common.startBackend();
        common.print(table.caption());
        if (table == PaperTable.TABLE2) {
            printOverhead(table, source, rows, protocol);
            return 0;
        }
        TableRun run = new TableRun(
                table, shown, rows, chosenSeeds, protocol, perClass -> load(source, perClass), measurements);
        for (Column column : shown) {
            ImageData images = load(source, column.perClass()).images();
            MethodCheck.require(images.train(), rows, protocol.saliencyScale());
        }
        run.run(out, this::train);
        common.print("");
        common.print(run.render(PaperNumbers.load()).stripTrailing());
        common.print("");
        common.print("Scale: " + protocol.describe() + "; seeds " + chosenSeeds + ";");
        for (Column column : shown) {
            NamedData used = load(source, column.perClass());
            common.print("  " + column.name() + ": " + DataOptions.describe(used.images()) + ".");
        }
        common.print("The paper: " + table.model() + ", " + table.protocol().options() + ".");
        if (table.ofRandomPairs()) {
            common.print(
                    "Its numbers of GuidedMixup stand beside random pairs, which the authors' code makes for these data.");
        }
        return Divergence.exitCode(command.commandLine(), run.trained());
    }

    private boolean isFull() {
        return switch (scale) {
            case "full" -> true;
            case "small" -> false;
            default -> throw new IllegalArgumentException("--scale " + scale + ": expected small or full");
        };
    }

    private List<Column> columns(PaperTable table) {
        if (columns == null) {
            return table.columns();
        }
        if (table != PaperTable.TABLE6) {
            throw new IllegalArgumentException("--columns: expected only with table6");
        }
        return columns.stream().distinct().map(Column::perClass).toList();
    }

    private NamedData load(DataSource source, OptionalInt perClass) {
        return loaded.computeIfAbsent(perClass, count -> {
            ImageData images = source.load(
                    count.isPresent()
                            ? data.loadOptions(common.seed()).withPerClass(count.getAsInt())
                            : data.loadOptions(common.seed()));
            String column = count.isPresent() ? " column " + count.getAsInt() : "";
            return new NamedData(images, data.selection(common.seed()) + column);
        });
    }

    private TrainingRun train(MethodTraining training, Path checkpoints) throws IOException {
        try (Progress progress = new Progress(common, training.name(), training.steps())) {
            return training.run(checkpoints, true, new TrainingProgress(progress));
        }
    }

    private void printOverhead(PaperTable table, DataSource source, List<MixingMethod> rows, Protocol protocol) {
        ImageData images = source.load(data.loadOptions(common.seed()));
        OverheadStudy study = new OverheadStudy(
                images.train(),
                protocol.architecture(),
                rows,
                new OverheadProtocol(Duration.ofSeconds(mixingWarmup), 5, runs, 1, false, List.of(1), common.seed()));
        BATCHES.forEach(study::requireBatch);
        List<BatchTimes> measured = new ArrayList<>();
        for (int batch : BATCHES) {
            try (Progress progress = new Progress(common, "batch " + batch, runs + 5L)) {
                measured.add(study.measure(batch, () -> progress.step("")));
            }
        }
        common.print("");
        common.print(overhead(table, rows, measured).stripTrailing());
        common.print("");
        common.print("Scale: " + protocol.architecture().name() + "; " + DataOptions.describe(images)
                + ". The median overhead of a mixed step times the share of steps that the method mixes.");
        common.print("The paper: " + table.model() + " on a GPU, CUB-200-2011 at 224 x 224.");
    }

    private static String overhead(PaperTable table, List<MixingMethod> rows, List<BatchTimes> measured) {
        PaperNumbers paper = PaperNumbers.load();
        List<String> headings = new ArrayList<>(List.of("method"));
        BATCHES.forEach(batch -> headings.addAll(List.of("batch " + batch, "paper")));
        List<List<String>> lines = new ArrayList<>();
        for (MixingMethod method : rows) {
            List<String> line = new ArrayList<>(List.of(method.toString()));
            for (BatchTimes times : measured) {
                line.add(times.mixing().stream()
                        .filter(mixing -> mixing.method().equals(method.toString()))
                        .map(mixing -> String.format(
                                Locale.ROOT,
                                "%.1f",
                                method.mixProbability()
                                        * mixing.overheadPercent(times.vanilla())
                                                .median()))
                        .findFirst()
                        .orElse(""));
                line.add(paper.find(table.toString(), method.toString(), Integer.toString(times.batch()))
                        .orElse(""));
            }
            lines.add(line);
        }
        return TextTable.render(headings, lines);
    }
}

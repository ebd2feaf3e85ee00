package org.guidedmixup.bench.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.guidedmixup.bench.data.DataSource;
import org.guidedmixup.bench.data.ImageData;
import org.guidedmixup.bench.experiment.MethodCheck;
import org.guidedmixup.bench.io.AtomicFile;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.model.Architecture;
import org.guidedmixup.bench.overhead.BatchTimes;
import org.guidedmixup.bench.overhead.OverheadJson;
import org.guidedmixup.bench.overhead.OverheadProtocol;
import org.guidedmixup.bench.overhead.OverheadStudy;
import org.guidedmixup.bench.overhead.OverheadTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how much longer training takes with mixing. */
@Command(
        name = "overhead",
        description = {
            "Measures how much longer a training step takes with each method than without mixing, as in Table 2 of the "
                    + "paper. In every round all methods train on the same batch in turn, vanilla first, so that a "
                    + "change in the machine's speed affects all. Making batches is not counted.",
            "The overhead is the median over the rounds of step minus vanilla step, in per cent of vanilla's median "
                    + "step; beside it is the middle half of the rounds. Where that range is wide, the share of mixing, "
                    + "which is timed separately, says more about a cheap method.",
            "The environment variable OMP_NUM_THREADS sets how many threads the network may use."
        },
        sortOptions = false)
final class OverheadCommand implements Callable<Integer> {
    @Mixin
    private DataOptions data;

    @Mixin
    private ModelOptions model;

    @Option(
            names = "--batch",
            split = ",",
            defaultValue = "16,32,64",
            description = "Batch sizes, separated by commas; one table for each (default: ${DEFAULT-VALUE}).")
    private List<Integer> batches;

    @Option(
            names = "--method",
            split = ",",
            defaultValue = "vanilla,mixup,guided-sr,guided-ap",
            paramLabel = "METHOD",
            completionCandidates = MethodNames.class,
            description = "Compared with vanilla, separated by commas (default: ${DEFAULT-VALUE}): " + MethodNames.HELP)
    private List<String> methods;

    @Option(
            names = "--async",
            description =
                    "Also measure methods that need no network with batches mixed ahead on an AsyncDataSetIterator's "
                            + "thread, one batch per step; mixing ms is then the time the training waited for it.")
    private boolean async;

    @Option(names = "--runs", defaultValue = "9", description = "Measured rounds (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--warmup",
            defaultValue = "5",
            description = "Rounds before those, not measured, in which the JVM compiles (default: ${DEFAULT-VALUE}).")
    private int warmup;

    @Option(
            names = "--warmup-mixing",
            defaultValue = "3",
            paramLabel = "SECONDS",
            description =
                    "How long each method mixes before the first round, without training: the JVM compiles mixing "
                            + "after a few hundred batches (default: ${DEFAULT-VALUE}).")
    private int mixingWarmup;

    @Option(
            names = "--mix-probability",
            defaultValue = "1",
            description =
                    "Share of steps that are mixed (default: 1, the cost of a mixed step; a training that mixes half of "
                            + "its batches pays half of it).")
    private double mixProbability;

    @Option(
            names = "--saliency-scale",
            split = ",",
            defaultValue = "1",
            description =
                    "Methods that use the network's gradient compute it on images reduced by this factor; separate "
                            + "several by commas, for one row each (default: ${DEFAULT-VALUE}).")
    private List<Integer> saliencyScales;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all measurements, run by run.")
    private Path json;

    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        List<MixingMethod> chosen =
                methods.stream().map(MixingMethod::of).distinct().toList();
        Architecture architecture = model.architecture();
        OverheadProtocol protocol = new OverheadProtocol(
                Duration.ofSeconds(mixingWarmup), warmup, runs, mixProbability, async, saliencyScales, common.seed());
        if (json != null && Files.isDirectory(json)) {
            throw new IllegalArgumentException("--json " + json + ": expected a file, got a directory");
        }
        DataSource source = data.source();
        common.startBackend();
        ImageData images = source.load(data.loadOptions(common.seed()));
        OverheadStudy study = new OverheadStudy(images.train(), architecture, chosen, protocol);
        batches.forEach(study::requireBatch);
        for (int scale : saliencyScales) {
            MethodCheck.require(images.train(), chosen, scale);
        }
        common.print(DataOptions.describe(images));
        List<BatchTimes> measured = new ArrayList<>();
        for (int batch : batches) {
            measured.add(measure(study, batch, protocol));
            if (json != null) {
                AtomicFile.write(json, OverheadJson.render(settings(images, architecture), measured));
            }
        }
        if (json != null) {
            common.print("");
            common.print("wrote " + json);
        }
        return 0;
    }

    private BatchTimes measure(OverheadStudy study, int batch, OverheadProtocol protocol) {
        BatchTimes times;
        try (Progress progress = new Progress(common, "batch " + batch, protocol.warmup() + protocol.runs())) {
            times = study.measure(batch, () -> progress.step(""));
        }
        common.print("");
        common.print(OverheadTable.render(times).stripTrailing());
        return times;
    }

    private Map<String, String> settings(ImageData images, Architecture architecture) {
        Map<String, String> settings = Circumstances.of(command, images);
        settings.put("model", architecture.toString());
        return settings;
    }
}

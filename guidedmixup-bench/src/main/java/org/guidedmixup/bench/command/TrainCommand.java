package org.guidedmixup.bench.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.guidedmixup.bench.data.DataSource;
import org.guidedmixup.bench.data.ImageData;
import org.guidedmixup.bench.experiment.MethodTraining;
import org.guidedmixup.bench.experiment.MixedExamples;
import org.guidedmixup.bench.experiment.Protocol;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.report.Machine;
import org.guidedmixup.bench.report.ResultTable;
import org.guidedmixup.bench.report.TrainingReport;
import org.guidedmixup.bench.report.TrainingRun;
import org.guidedmixup.bench.training.Accuracy;
import org.guidedmixup.bench.training.EpochRecord;
import org.guidedmixup.bench.training.ProgressListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains the same network by several methods and compares them. */
@Command(
        name = "train",
        description = {
            "Trains the same network by several mixup methods and seeds, with the same number of steps, and compares them.",
            "Prints a table and writes results.csv, results.json and report.html."
        },
        sortOptions = false)
final class TrainCommand implements Callable<Integer> {
    @Mixin
    private DataOptions data;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for results and checkpoints.")
    private Path out;

    @Option(
            names = "--method",
            split = ",",
            defaultValue = "vanilla,guided-sr",
            paramLabel = "METHOD",
            completionCandidates = MethodNames.class,
            description = MethodNames.HELP + " Several with commas (default: ${DEFAULT-VALUE}).")
    private List<String> methods;

    @Mixin
    private ModelOptions model;

    @Option(names = "--epochs", defaultValue = "30", description = "Epochs (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(names = "--batch", defaultValue = "50", description = "Images of a batch (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--seeds",
            split = ",",
            paramLabel = "SEED",
            description = "A training for each seed, with commas (default: --seed).")
    private List<Long> seeds;

    @Option(
            names = "--lr",
            defaultValue = "0.1",
            description = "Highest learning rate of the one-cycle schedule (default: ${DEFAULT-VALUE}).")
    private double learningRate;

    @Option(names = "--weight-decay", defaultValue = "5e-4", description = "Weight decay (default: ${DEFAULT-VALUE}).")
    private double weightDecay;

    @Option(
            names = "--mix-probability",
            description =
                    "Share of batches that are mixed, 0 to 1 (default: each method's own, as its authors trained).")
    private Double mixProbability;

    @Option(
            names = "--clean-loss-weight",
            defaultValue = "0",
            description =
                    "guided-ap: weight of the loss of the batch before mixing, added to that after it (default: 0).")
    private double cleanLossWeight;

    @Option(
            names = "--saliency-scale",
            defaultValue = "1",
            description = "guided-ap: find saliency on images reduced by this factor; 2 costs a quarter (default: 1).")
    private int saliencyScale;

    @Option(names = "--no-flip", description = "Do not mirror training images; for digits and letters.")
    private boolean noFlip;

    @Option(
            names = "--evaluate-every",
            defaultValue = "10",
            description = "Epochs between evaluations on the test images (default: ${DEFAULT-VALUE}).")
    private int evaluateEvery;

    @Option(names = "--resume", description = "Go on from the checkpoints in --out, to the same result.")
    private boolean resume;

    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        List<MixingMethod> chosen =
                methods.stream().map(MixingMethod::of).distinct().toList();
        Protocol protocol = new Protocol(
                model.architecture(),
                epochs,
                batch,
                learningRate,
                weightDecay,
                mixProbability == null ? OptionalDouble.empty() : OptionalDouble.of(mixProbability),
                cleanLossWeight,
                saliencyScale,
                !noFlip,
                evaluateEvery);
        DataSource source = data.source();
        common.startBackend();
        ImageData images = source.load(data.loadOptions(common.seed()));
        common.print(DataOptions.describe(images));
        Map<String, String> settings = settings(images);
        Map<String, List<String>> examples = examples(images, chosen);
        List<TrainingRun> runs = new ArrayList<>();
        for (long seed : seeds == null ? List.of(common.seed()) : seeds) {
            for (MixingMethod method : chosen) {
                runs.add(train(new MethodTraining(images, data.selection(common.seed()), method, seed, protocol)));
                new TrainingReport(runs, settings, examples).write(out);
            }
        }
        common.print("");
        common.print(ResultTable.render(runs).stripTrailing());
        common.print("");
        common.print("Accuracy is that of the last epoch. The trainings ran one after the other, so their times");
        common.print("drift with the machine: an overhead within tens of per cent, or below 0, tells nothing.");
        common.print("");
        common.print("wrote " + out.resolve("report.html") + ", results.csv and results.json");
        return 0;
    }

    private TrainingRun train(MethodTraining training) throws IOException {
        try (Progress progress = new Progress(common, training.name(), training.steps())) {
            return training.run(out.resolve("checkpoints"), resume, new Steps(progress));
        }
    }

    private Map<String, String> settings(ImageData images) {
        Map<String, String> settings = new LinkedHashMap<>();
        List<String> typed = command.commandLine().getParseResult().originalArgs();
        settings.put("command", String.join(" ", typed));
        settings.put("data", DataOptions.describe(images));
        settings.putAll(Machine.describe());
        settings.putAll(Machine.describeComputation());
        return settings;
    }

    /** Mixed without the trained networks, for methods that need none. */
    private Map<String, List<String>> examples(ImageData images, List<MixingMethod> chosen) {
        List<MixingMethod> withoutNetwork = chosen.stream()
                .filter(method -> method.withoutNetwork().isEmpty())
                .toList();
        return MixedExamples.of(images.train(), withoutNetwork, common.seed());
    }

    /** Puts a training's steps on the progress display. */
    private static final class Steps implements ProgressListener {
        private final Progress progress;
        private String accuracy = "";

        Steps(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void stepDone(int epoch, int step, int steps, double loss) {
            progress.step(String.format("epoch %d loss %.3f%s", epoch + 1, loss, accuracy));
        }

        @Override
        public void epochDone(EpochRecord epoch, int epochs) {
            if (epoch.accuracy().isPresent()) {
                Accuracy measured = epoch.accuracy().get();
                accuracy = String.format(" top-1 %.1f %%", 100 * measured.top1());
            }
        }
    }
}

package org.guidedmixup.bench.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.guidedmixup.bench.data.DataSource;
import org.guidedmixup.bench.data.ImageData;
import org.guidedmixup.bench.experiment.MethodCheck;
import org.guidedmixup.bench.experiment.MethodTraining;
import org.guidedmixup.bench.experiment.MixedExamples;
import org.guidedmixup.bench.experiment.PaperProtocol;
import org.guidedmixup.bench.experiment.Protocol;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.report.ResultTable;
import org.guidedmixup.bench.report.TrainingReport;
import org.guidedmixup.bench.report.TrainingRun;
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
    private ProtocolOptions protocolOptions;

    @Option(
            names = "--seeds",
            split = ",",
            paramLabel = "SEED",
            description = "A training for each seed, with commas (default: --seed).")
    private List<Long> seeds;

    @Option(names = "--resume", description = "Go on from the checkpoints in --out, to the same result.")
    private boolean resume;

    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        List<Long> chosenSeeds = Seeds.chosen(seeds, common.seed());
        List<MixingMethod> chosen =
                methods.stream().map(MixingMethod::of).distinct().toList();
        Protocol protocol = protocolOptions.protocol(PaperProtocol.QUICK, PaperProtocol.QUICK.model());
        DataSource source = data.source();
        TrainingReport.prepare(out);
        common.startBackend();
        ImageData images = source.load(data.loadOptions(common.seed()));
        common.print(DataOptions.describe(images));
        common.print(DataOptions.classNames(images));
        common.print(protocol.describe());
        MethodCheck.require(images.train(), chosen, protocol.saliencyScale());
        Map<String, String> settings = Circumstances.of(command, images);
        Map<String, List<String>> examples = examples(images, chosen);
        List<TrainingRun> runs = new ArrayList<>();
        for (long seed : chosenSeeds) {
            for (MixingMethod method : chosen) {
                runs.add(train(new MethodTraining(images, data.selection(common.seed()), method, seed, protocol)));
                new TrainingReport(runs, settings, examples).write(out);
            }
        }
        common.print("");
        common.print(ResultTable.render(runs).stripTrailing());
        common.print("");
        common.print(
                "Accuracy is that of the last epoch. The trainings ran one after the other, so their times drift with");
        common.print("the machine: what a method costs is told by the command overhead, which times all in turn.");
        common.print("");
        common.print("wrote " + out.resolve("report.html") + ", results.csv and results.json");
        return Divergence.exitCode(command.commandLine(), runs);
    }

    private TrainingRun train(MethodTraining training) throws IOException {
        try (Progress progress = new Progress(common, training.name(), training.steps())) {
            return training.run(out.resolve("checkpoints"), resume, new TrainingProgress(progress));
        }
    }

    /** Mixed without the trained networks, for methods that need none. */
    private Map<String, List<String>> examples(ImageData images, List<MixingMethod> chosen) {
        List<MixingMethod> withoutNetwork = chosen.stream()
                .filter(method -> method.withoutNetwork().isEmpty())
                .toList();
        return MixedExamples.of(images.train(), withoutNetwork, common.seed());
    }
}

package org.guidedmixup.bench.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

/** Trains the same network with several methods and compares them. */
@Command(
        name = "train",
        description = {
            "Trains the same network with several mixup methods and seeds, for equally many steps, and compares them.",
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
            description = MethodNames.HELP + " Separate several by commas (default: ${DEFAULT-VALUE}).")
    private List<String> methods;

    @Mixin
    private ProtocolOptions protocolOptions;

    @Option(
            names = "--seeds",
            split = ",",
            paramLabel = "SEED",
            description = "Seeds, separated by commas, with one training for each (default: --seed).")
    private List<Long> seeds;

    @Option(names = "--resume", description = "Resume from the checkpoints in --out; the result is the same.")
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
        Map<String, String> settings = new LinkedHashMap<>(Circumstances.of(command, images));
        settings.put(TrainingReport.PROTOCOL, protocol.describe());
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
                "Accuracy is that of the last epoch. The trainings ran one after another, so their times vary with");
        common.print(
                "the machine's speed; the command overhead, which times all methods in turn, measures their cost.");
        common.print("");
        common.print("wrote " + out.resolve("report.html") + ", results.csv and results.json");
        return Divergence.exitCode(command.commandLine(), runs);
    }

    private TrainingRun train(MethodTraining training) throws IOException {
        try (Progress progress = new Progress(common, training.name(), training.steps())) {
            return training.run(out.resolve("checkpoints"), resume, new TrainingProgress(progress));
        }
    }

    /** Mixes examples without the trained networks, by the methods that need none. */
    private Map<String, List<String>> examples(ImageData images, List<MixingMethod> chosen) {
        List<MixingMethod> withoutNetwork = chosen.stream()
                .filter(method -> method.withoutNetwork().isEmpty())
                .toList();
        return MixedExamples.of(images.train(), withoutNetwork, common.seed());
    }
}

package org.guidedmixup.bench.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.guidedmixup.bench.data.ImageData;
import org.guidedmixup.bench.data.ImageSet;
import org.guidedmixup.bench.data.Normalization;
import org.guidedmixup.bench.experiment.MethodTraining;
import org.guidedmixup.bench.experiment.PaperProtocol;
import org.guidedmixup.bench.experiment.Protocol;
import org.guidedmixup.bench.experiment.TrainedSaliency;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.model.Architecture;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.model.ImageModelBuilder;
import org.guidedmixup.bench.report.TrainingRun;
import org.guidedmixup.bench.training.TrainedModel;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the network that supplies saliency: one from a checkpoint, one that is trained first, or none. */
final class ShownNetwork {
    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "A checkpoint written by train (default: no network; methods use spectral residual "
                    + "saliency instead).")
    private Path checkpoint;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description =
                    "Instead of --checkpoint: first train a network on the data for this many epochs, as train with "
                            + "its quick protocol does for vanilla.")
    private Integer epochs;

    @Mixin
    private ModelOptions model;

    private Architecture architecture;

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if they contradict each other, or there is no such network
     */
    void check() {
        architecture = model.architecture();
        if (checkpoint != null && epochs != null) {
            throw new IllegalArgumentException("--checkpoint and --epochs: expected one of them, got both");
        }
        if (epochs != null && epochs < 1) {
            throw new IllegalArgumentException("--epochs " + epochs + ": expected at least 1");
        }
    }

    /** Returns whether there is a network, which needs all images. */
    boolean exists() {
        return checkpoint != null || epochs != null;
    }

    /**
     * Reads or trains the network.
     *
     * @param images the images
     * @param common the console and the seed
     * @return the saliency detector for each method that uses a network
     * @throws IOException if the checkpoint cannot be read
     */
    Function<MixingMethod, SaliencyDetector> saliency(ImageData images, CommonOptions common) throws IOException {
        if (!exists()) {
            return method -> new SpectralResidual();
        }
        ImageModel network = checkpoint != null ? read(checkpoint, images.train()) : trained(images, common);
        Normalization normalization = Normalization.of(images.train());
        return method -> new TrainedSaliency(method, network, normalization);
    }

    private ImageModel read(Path file, ImageSet images) throws IOException {
        ImageModelBuilder network = ImageModel.builder()
                .architecture(architecture)
                .input(images.channels(), images.height(), images.width())
                .classes(images.classes())
                .withInputGradient();
        return TrainedModel.read(file, network);
    }

    private ImageModel trained(ImageData images, CommonOptions common) throws IOException {
        MethodTraining training =
                new MethodTraining(images, "", MixingMethod.of("vanilla"), common.seed(), quick(architecture, epochs));
        Path folder = Files.createTempDirectory("gallery");
        try (Progress progress = new Progress(common, "training", training.steps())) {
            TrainingRun run = training.run(folder, false, new TrainingProgress(progress));
            if (run.divergedIn().isPresent()) {
                throw new IllegalArgumentException(
                        "--epochs " + epochs + ": the training diverged, its loss is not a number");
            }
            return read(training.checkpoint(folder), images.train());
        } finally {
            Files.deleteIfExists(training.checkpoint(folder));
            Files.delete(folder);
        }
    }

    private static Protocol quick(Architecture architecture, int epochs) {
        PaperProtocol quick = PaperProtocol.QUICK;
        return new Protocol(
                architecture,
                epochs,
                quick.batch(),
                quick.learningRate(),
                quick.rateFalls(),
                quick.weightDecay(),
                OptionalDouble.empty(),
                quick.cleanLossWeight(),
                1,
                true,
                quick.cropBorder(),
                quick.loss(),
                quick.initialization(),
                Optional.empty(),
                epochs);
    }
}

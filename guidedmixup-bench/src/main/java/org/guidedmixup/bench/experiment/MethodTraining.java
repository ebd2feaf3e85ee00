package org.guidedmixup.bench.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.bench.data.Augmentation;
import org.guidedmixup.bench.data.BatchSource;
import org.guidedmixup.bench.data.ImageData;
import org.guidedmixup.bench.data.ImageSet;
import org.guidedmixup.bench.data.Normalization;
import org.guidedmixup.bench.io.AtomicFile;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.model.ImageModelBuilder;
import org.guidedmixup.bench.report.TrainingRun;
import org.guidedmixup.bench.training.CleanLoss;
import org.guidedmixup.bench.training.EpochRecord;
import org.guidedmixup.bench.training.ProgressListener;
import org.guidedmixup.bench.training.TrainedModel;
import org.guidedmixup.bench.training.Trainer;
import org.guidedmixup.bench.training.TrainerSettings;
import org.guidedmixup.saliency.SaliencyDetector;

/**
 * One training: one method with one seed. The seed draws the initial parameters, the order and augmentation of the
 * images and the mixing.
 *
 * @param data the images to train and test on
 * @param dataName the data as the user named it, with its selection
 * @param method how batches are mixed
 * @param seed the seed
 * @param protocol how to train
 */
public record MethodTraining(ImageData data, String dataName, MixingMethod method, long seed, Protocol protocol) {

    /**
     * Returns the name of the training.
     *
     * @return for example {@code guided-sr, seed 1}
     */
    public String name() {
        return method + ", seed " + seed;
    }

    /**
     * Returns the number of training steps.
     *
     * @return steps of all epochs
     */
    public long steps() {
        return (long) protocol.epochs()
                * trainingBatches(Normalization.none(data.train().channels())).batchesPerEpoch();
    }

    /**
     * Trains.
     *
     * @param checkpoints the folder that stores every epoch's state
     * @param resume whether to resume from the state stored there; otherwise it is removed first
     * @param listener notified of progress
     * @return the finished run
     * @throws IOException if the state cannot be read or written
     */
    public TrainingRun run(Path checkpoints, boolean resume, ProgressListener listener) throws IOException {
        Path checkpoint = checkpoint(checkpoints);
        AtomicFile.removeLeftovers(checkpoint);
        if (!resume) {
            Files.deleteIfExists(checkpoint);
        }
        ImageModel model = model().build();
        if (protocol.initial().isPresent()) {
            TrainedModel.fineTune(protocol.initial().get(), model);
        }
        Normalization normalization = Normalization.of(data.train());
        BatchSource training = trainingBatches(normalization);
        try (CleanLoss cleanLoss = new CleanLoss(protocol.cleanLossWeight())) {
            List<EpochRecord> history = new Trainer(model, training::epoch, settings(training))
                    .mixer(mixer(model, cleanLoss, normalization))
                    .cleanLoss(cleanLoss)
                    .test(testBatches(normalization)::inOrder)
                    .listener(listener)
                    .checkpoint(checkpoint, dataName + " " + method + " seed " + seed + " " + protocol)
                    .run();
            return new TrainingRun(method.toString(), seed, history);
        }
    }

    private BatchMixer mixer(ImageModel model, CleanLoss cleanLoss, Normalization normalization) {
        SaliencyDetector saliency = cleanLoss.isUsed()
                ? TrainingMixer.saliency(method, model, cleanLoss)
                : TrainingMixer.saliency(method, model, protocol.saliencyScale());
        return TrainingMixer.of(method, model, saliency, protocol.mixProbability(method), seed, normalization.range());
    }

    /**
     * Returns the file that stores the state of this training in a folder.
     *
     * @param checkpoints the folder
     * @return the file
     */
    public Path checkpoint(Path checkpoints) {
        return checkpoints.resolve(method + "-seed" + seed + ".checkpoint");
    }

    /**
     * Reads the network after {@link #run}.
     *
     * @param checkpoints the folder given there
     * @return the network
     * @throws IOException if the state cannot be read
     */
    public ImageModel trained(Path checkpoints) throws IOException {
        return TrainedModel.read(checkpoint(checkpoints), model());
    }

    private ImageModelBuilder model() {
        ImageSet images = data.train();
        ImageModelBuilder builder = ImageModel.builder()
                .architecture(protocol.architecture())
                .input(images.channels(), images.height(), images.width())
                .classes(images.classes())
                .seed(seed)
                .initialization(protocol.initialization())
                .loss(protocol.loss());
        if (method.usesGradient()) {
            builder.withInputGradient();
        }
        if (method.usesMixPoints()) {
            builder.withMixPoints();
        }
        return builder;
    }

    private TrainerSettings settings(BatchSource training) {
        return TrainerSettings.of(protocol.epochs(), training.batchesPerEpoch())
                .withLearningRate(protocol.learningRate())
                .withRateFalls(protocol.rateFalls())
                .withWeightDecay(protocol.weightDecay())
                .withEvaluateEvery(protocol.evaluateEvery());
    }

    private BatchSource trainingBatches(Normalization normalization) {
        ImageSet images = data.train();
        Augmentation augmentation = protocol.flip() ? Augmentation.cropAndFlip(images) : Augmentation.crop(images);
        return BatchSource.builder(images)
                .normalization(normalization)
                .augmentation(augmentation.withBorder(protocol.cropBorder()))
                .batchSize(protocol.batch())
                .seed(seed)
                .build();
    }

    private BatchSource testBatches(Normalization normalization) {
        return BatchSource.builder(data.test())
                .normalization(normalization)
                .batchSize(Math.max(protocol.batch(), 100))
                .build();
    }
}

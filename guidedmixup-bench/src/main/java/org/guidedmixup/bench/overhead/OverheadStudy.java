package org.guidedmixup.bench.overhead;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.bench.data.BatchSource;
import org.guidedmixup.bench.data.ImageSet;
import org.guidedmixup.bench.data.Normalization;
import org.guidedmixup.bench.experiment.TrainingMixer;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.model.Architecture;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.model.ImageModelBuilder;
import org.guidedmixup.bench.overhead.MixThenTrain.Mixing;
import org.guidedmixup.bench.training.NesterovSgd;
import org.guidedmixup.bench.training.TrainingStep;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Measures how much longer a training step takes with mixing, as Table 2 of the paper: (T − T_vanilla) / T_vanilla.
 *
 * <p>Every round takes one batch of the data and trains on it once by each method in turn, vanilla first, so that a
 * machine that gets slower or faster does so for all. All methods train the same model with the same optimizer; a graph
 * that can compute the gradient with respect to the images costs nothing if that is not requested. Only methods that
 * mix inside the network have a model of their own. A step is what a training does: mixing, loss gradient, optimizer,
 * running statistics. It does not include making the batch.
 */
public final class OverheadStudy {
    private static final double LEARNING_RATE = 0.01;
    private static final double MOMENTUM = 0.9;
    private static final double WEIGHT_DECAY = 5e-4;

    private final ImageSet images;
    private final Architecture architecture;
    private final List<MixingMethod> methods;
    private final OverheadProtocol protocol;
    private final Normalization normalization;

    /**
     * Creates a study; measures nothing yet.
     *
     * @param images the images that batches are taken from
     * @param architecture the network
     * @param methods what to compare with vanilla, which is measured whether or not it is among them
     * @param protocol how to measure
     */
    public OverheadStudy(
            ImageSet images, Architecture architecture, List<MixingMethod> methods, OverheadProtocol protocol) {
        this.images = images;
        this.architecture = architecture;
        this.methods = Stream.concat(Stream.of(MixingMethod.of("vanilla")), methods.stream())
                .distinct()
                .toList();
        this.protocol = protocol;
        normalization = Normalization.of(images);
    }

    /**
     * Measures one batch size, on a model of its own.
     *
     * @param batch batch size, from 2 to the number of images
     * @param roundDone called after every round, warm-up included
     * @return the times of the rounds after the warm-up
     * @throws IllegalArgumentException if there are fewer images than a batch has
     */
    public BatchTimes measure(int batch, Runnable roundDone) {
        requireBatch(batch);
        List<MeasuredStep> steps = steps(model());
        try {
            return measure(batch, steps, roundDone);
        } finally {
            steps.forEach(MeasuredStep::close);
        }
    }

    /**
     * Checks a batch size.
     *
     * @param batch batch size
     * @throws IllegalArgumentException if it is below 2, or there are fewer images
     */
    public void requireBatch(int batch) {
        if (batch < 2 || batch > images.size()) {
            throw new IllegalArgumentException(
                    "--batch " + batch + ": expected 2 to " + images.size() + ", the number of training images");
        }
    }

    private BatchTimes measure(int batch, List<MeasuredStep> steps, Runnable roundDone) {
        List<List<StepTime>> times = new ArrayList<>();
        steps.forEach(step -> times.add(new ArrayList<>()));
        Iterator<DataSet> batches = batches(batch);
        DataSet first = batches.next();
        steps.stream().skip(1).forEach(step -> step.warmUp(first, protocol.mixingWarmup())); // vanilla does not mix
        for (int round = 0; round < protocol.warmup() + protocol.runs(); round++) {
            DataSet data = batches.next();
            for (int i = 0; i < steps.size(); i++) {
                StepTime time = steps.get(i).run(data, round);
                if (round >= protocol.warmup()) {
                    times.get(i).add(time);
                }
            }
            roundDone.run();
        }
        List<MethodTimes> results = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            results.add(new MethodTimes(steps.get(i).name(), times.get(i)));
        }
        return new BatchTimes(batch, results);
    }

    /** Returns the batches of epoch after epoch, without end. */
    private Iterator<DataSet> batches(int batch) {
        BatchSource source = BatchSource.builder(images)
                .normalization(normalization)
                .batchSize(batch)
                .seed(protocol.seed())
                .build();
        return Stream.iterate(0, epoch -> epoch + 1)
                .flatMap(epoch -> Stream.generate(source.epoch(epoch)::next).limit(source.batchesPerEpoch()))
                .iterator();
    }

    private ImageModel model() {
        boolean gradient = methods.stream().anyMatch(MixingMethod::usesGradient);
        return gradient ? builder().withInputGradient().build() : builder().build();
    }

    private ImageModelBuilder builder() {
        return ImageModel.builder()
                .architecture(architecture)
                .input(images.channels(), images.height(), images.width())
                .classes(images.classes())
                .seed(protocol.seed());
    }

    private List<MeasuredStep> steps(ImageModel model) {
        TrainingStep step = new TrainingStep(model, new NesterovSgd(MOMENTUM, WEIGHT_DECAY));
        Consumer<DataSet> training = batch -> step.run(batch, LEARNING_RATE);
        List<MeasuredStep> steps = new ArrayList<>();
        for (MixingMethod method : methods) {
            if (method.usesMixPoints()) {
                steps.add(insideOfNetwork(method));
                continue;
            }
            if (method.usesGradient()) {
                for (int scale : protocol.saliencyScales()) {
                    String name = scale == 1 ? method.toString() : method + " (scale " + scale + ")";
                    steps.add(new MixThenTrain(name, Mixing.by(mixer(method, model, scale)), training));
                }
                continue;
            }
            BatchMixer mixer = mixer(method, model, 1);
            steps.add(new MixThenTrain(method.toString(), Mixing.by(mixer), training));
            boolean ahead = !method.isVanilla() && mixer.asyncSupported();
            if (protocol.async() && ahead) {
                // With its own mixer: the other one is used on another thread.
                steps.add(new MixAhead(method + " (async)", mixer(method, model, 1), training));
            }
        }
        return steps;
    }

    /** Builds a model of its own with mix points, which would slow down that of the other methods. */
    private MeasuredStep insideOfNetwork(MixingMethod method) {
        ImageModel model = builder().withMixPoints().build();
        TrainingStep step = new TrainingStep(model, new NesterovSgd(MOMENTUM, WEIGHT_DECAY));
        return new MixThenTrain(
                method.toString(), Mixing.by(mixer(method, model, 1)), batch -> step.run(batch, LEARNING_RATE));
    }

    private BatchMixer mixer(MixingMethod method, ImageModel model, int saliencyScale) {
        return TrainingMixer.of(
                method,
                model,
                TrainingMixer.saliency(method, model, saliencyScale),
                protocol.mixProbability(),
                protocol.seed(),
                normalization.range());
    }
}

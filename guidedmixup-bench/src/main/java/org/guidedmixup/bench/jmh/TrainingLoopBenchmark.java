package org.guidedmixup.bench.jmh;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.guidedmixup.bench.data.Augmentation;
import org.guidedmixup.bench.data.BatchSource;
import org.guidedmixup.bench.data.ImageSet;
import org.guidedmixup.bench.data.Normalization;
import org.guidedmixup.bench.experiment.TrainingMixer;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.model.LossGradient;
import org.guidedmixup.bench.model.batchnorm.HostSession;
import org.guidedmixup.bench.training.Trainer;
import org.guidedmixup.bench.training.TrainerSettings;
import org.nd4j.linalg.dataset.DataSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How much of the network's own speed does a training keep? {@link #gradients} computes the gradients of one batch as
 * often as an epoch has steps and does nothing else; {@link #epoch} trains the epoch: it makes batches, crops, flips
 * and mixes them, and moves the parameters. small-resnet of width 16, 2,000 images of 3 x 32 x 32, batches of 50.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 4, time = 5)
@Fork(1)
public class TrainingLoopBenchmark {
    private static final int IMAGES = 2000;
    private static final int BATCH = 50;
    private static final int CLASSES = 20;

    /** Every batch is mixed. */
    @Param({"vanilla", "guided-sr"})
    public String method;

    private ImageModel model;
    private BatchSource batches;
    private Normalization normalization;
    private DataSet one;

    /** Draws images of noise: neither part depends on their content. */
    @Setup
    public void draw() {
        HostSession.install();
        SplittableRandom random = new SplittableRandom(1);
        byte[][] pixels = new byte[IMAGES][3 * 32 * 32];
        for (byte[] image : pixels) {
            random.nextBytes(image);
        }
        int[] labels = IntStream.range(0, IMAGES).map(i -> i % CLASSES).toArray();
        List<String> names =
                IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
        ImageSet images = new ImageSet(pixels, labels, names, 3, 32, 32);
        normalization = Normalization.of(images);
        batches = BatchSource.builder(images)
                .normalization(normalization)
                .augmentation(Augmentation.cropAndFlip(images))
                .batchSize(BATCH)
                .build();
        model = ImageModel.builder().classes(CLASSES).build();
        one = batches.epoch(0).next();
    }

    /** Runs the bare network. */
    @Benchmark
    public double gradients() {
        double loss = 0;
        for (int step = 0; step < IMAGES / BATCH; step++) {
            try (LossGradient gradient = model.lossGradient(one.getFeatures(), one.getLabels())) {
                loss += gradient.loss();
            }
        }
        return loss;
    }

    /** Trains a whole epoch. */
    @Benchmark
    public Object epoch() throws IOException {
        MixingMethod named = MixingMethod.of(method);
        return new Trainer(model, batches::epoch, TrainerSettings.of(1, batches.batchesPerEpoch()))
                .mixer(TrainingMixer.of(
                        named, model, TrainingMixer.saliency(named, model, 1), 1, 1, normalization.range()))
                .run();
    }
}

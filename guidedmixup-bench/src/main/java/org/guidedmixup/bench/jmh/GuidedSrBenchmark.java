package org.guidedmixup.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.pairing.RandomPairing;
import org.guidedmixup.plan.MixedBatch;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to mix one batch with Guided-SR, from images and labels to mixed images and labels?
 *
 * <p>Everything is counted: saliency, pairing, masks, new arrays for the result and their release. {@link #copy} is the
 * floor: the batch read once and written once into an existing array.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class GuidedSrBenchmark {
    private static final int CLASSES = 100;

    private static final WorkspaceConfiguration REUSED = WorkspaceConfiguration.builder()
            .initialSize(0)
            .policyLearning(LearningPolicy.FIRST_LOOP)
            .build();

    /** Batch size. */
    @Param({"16", "64"})
    public int batch;

    /** Height and width in pixels; 3 channels. */
    @Param({"32", "224"})
    public int height;

    /** How images are paired. */
    @Param({"greedy", "random"})
    public String pairing;

    private BatchMixer mixer;
    private INDArray images;
    private INDArray labels;
    private INDArray target;

    /** Creates the batch. */
    @Setup
    public void draw() {
        images = RandomBatch.images(batch, height);
        labels = RandomBatch.labels(batch, CLASSES);
        target = images.dup();
        mixer = GuidedMixup.builder()
                .mixProbability(1)
                .pairing(pairing.equals("greedy") ? new GreedyPairing() : new RandomPairing())
                .build();
    }

    /**
     * Mixes one batch into new arrays.
     *
     * @return the mixed images and labels
     */
    @Benchmark
    public MixedBatch mix() {
        MixedBatch mixed = mixer.plan(images, labels, 0, 0).apply(images, labels);
        mixed.images().close();
        return mixed;
    }

    /**
     * Mixes one batch into reused memory, as {@code fit} does with its AsyncDataSetIterator, which opens a workspace.
     *
     * @return the mixed images and labels
     */
    @Benchmark
    public MixedBatch mixInWorkspace() {
        try (MemoryWorkspace memory = Nd4j.getWorkspaceManager().getAndActivateWorkspace(REUSED, "BENCHMARK")) {
            return mixer.plan(images, labels, 0, 0).apply(images, labels);
        }
    }

    /**
     * Copies the batch: the floor.
     *
     * @return the copy
     */
    @Benchmark
    public INDArray copy() {
        return target.assign(images);
    }

    /** Releases the arrays. */
    @TearDown
    public void release() {
        images.close();
        labels.close();
        target.close();
    }
}

package org.guidedmixup.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.SaliencyDistance;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.nd4j.linalg.api.ndarray.INDArray;
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

/** What do distances and the greedy cycle cost in very large batches? Maps of 32 x 32 pixels. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class PairingBenchmark {
    private static final int SIDE = 32;

    /** Batch size. */
    @Param({"64", "1024", "4096"})
    public int batch;

    private final GreedyPairing greedy = new GreedyPairing();
    private NormalizedSaliency normalized;
    private INDArray distances;

    /** Draws maps of noise. */
    @Setup
    public void draw() {
        INDArray maps = RandomBatch.images(batch, SIDE).mean(1);
        normalized = NormalizedSaliency.of(maps);
        distances = SaliencyDistance.between(normalized);
    }

    /**
     * Computes the distances between all maps.
     *
     * @return [M, M], FLOAT
     */
    @Benchmark
    public INDArray distances() {
        INDArray measured = SaliencyDistance.between(normalized);
        measured.close();
        return measured;
    }

    /**
     * Finds the greedy cycle.
     *
     * @return the pairs
     */
    @Benchmark
    public Pairing pairing() {
        return greedy.pair(distances);
    }
}

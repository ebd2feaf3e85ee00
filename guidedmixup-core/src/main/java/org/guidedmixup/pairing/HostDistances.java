package org.guidedmixup.pairing;

import java.util.Arrays;
import java.util.concurrent.ForkJoinTask;
import org.guidedmixup.internal.MatrixProduct;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The products and distances that {@link SaliencyDistance} needs, for maps on the JVM heap. Maps that sum to 1 all have the
 * mean 1 / N, which is subtracted whenever they are read.
 */
final class HostDistances {
    /** Elements of all maps that are multiplied at a time: they stay in the cache, and the maps need not be copied. */
    private static final int TILE = 1 << 18;

    private final NormalizedSaliency maps;
    private final int pixels;

    HostDistances(NormalizedSaliency maps) {
        this.maps = maps;
        pixels = maps.height() * maps.width();
    }

    /**
     * Computes the scalar products of all pairs of maps, [M][M] row by row. One tile is multiplied while the next one is
     * filled.
     */
    float[] products() {
        int count = maps.size();
        int width = Math.min(pixels, Math.max(1, TILE / count));
        try (MemoryWorkspace scratch = Scratch.open(HostDistances.class)) {
            INDArray tile = Nd4j.createUninitialized(DataType.FLOAT, new long[] {count, width}, 'c');
            INDArray spare = width < pixels ? tile.ulike() : tile;
            INDArray products = Nd4j.create(DataType.FLOAT, new long[] {count, count}, 'c');
            fill(tile, 0);
            for (int from = 0; from < pixels; from += width) {
                INDArray next = spare;
                int start = from + width;
                // Forked instead of submitted to the common pool: a worker of another pool would wait for threads that
                // may not exist.
                ForkJoinTask<?> filling =
                        ForkJoinTask.adapt(() -> fill(next, start)).fork();
                try {
                    MatrixProduct.addRowProducts(tile, products);
                } finally {
                    filling.join();
                }
                spare = tile;
                tile = next;
            }
            return products.data().asFloat();
        }
    }

    /** Writes the pixels of all maps from an index on, as many as fit; 0 beyond the last pixel. */
    private void fill(INDArray tile, int from) {
        int width = (int) tile.size(1);
        int there = Math.min(width, pixels - from);
        if (there <= 0) {
            return;
        }
        HostArray rows = HostArray.of(tile).orElseThrow();
        float mean = 1f / pixels;
        float[] row = new float[width];
        for (int m = 0; m < maps.size(); m++) {
            maps.read(m, from, row, there);
            subtract(row, mean);
            Arrays.fill(row, there, width, 0);
            rows.write((long) m * width, row, width);
        }
    }

    private static void subtract(float[] row, float mean) {
        for (int k = 0; k < row.length; k++) {
            row[k] -= mean;
        }
    }

    /** Computes |zᵢ − zⱼ|² in double precision. */
    double squaredDistance(int i, int j) {
        float[] a = new float[pixels];
        float[] b = new float[pixels];
        maps.read(i, 0, a, pixels);
        maps.read(j, 0, b, pixels);
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            double difference = (double) a[k] - b[k];
            sum += difference * difference;
        }
        return sum;
    }
}

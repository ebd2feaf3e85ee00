package org.guidedmixup.pairing;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.guidedmixup.internal.MatrixProduct;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.internal.host.HostMaps;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Maps that sum to 1, less what they have in common: their mean 1 / N. They are centred piece by piece, wherever they are read. */
final class CentredMaps {
    /** Elements of all maps that are multiplied at a time: they stay in cache and need no copy of the maps. */
    private static final int TILE = 1 << 18;

    private final HostMaps maps;

    CentredMaps(HostMaps maps) {
        this.maps = maps;
    }

    int count() {
        return maps.count();
    }

    /** The scalar product of every two maps, [M][M] row by row. One tile is multiplied while the next one is filled. */
    float[] products() {
        int count = maps.count();
        int pixels = maps.pixels();
        int width = Math.min(pixels, Math.max(1, TILE / count));
        try (MemoryWorkspace scratch = Scratch.open(CentredMaps.class)) {
            INDArray tile = Nd4j.createUninitialized(DataType.FLOAT, new long[] {count, width}, 'c');
            INDArray spare = width < pixels ? tile.ulike() : tile;
            INDArray products = Nd4j.create(DataType.FLOAT, new long[] {count, count}, 'c');
            fill(tile, 0);
            for (int from = 0; from < pixels; from += width) {
                INDArray next = spare;
                int start = from + width;
                ForkJoinTask<?> filling = ForkJoinPool.commonPool().submit(() -> fill(next, start));
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

    /** Writes all maps from a pixel on, as many pixels as there is room for; 0 where there are no more. */
    private void fill(INDArray tile, int from) {
        int width = (int) tile.size(1);
        int there = Math.min(width, maps.pixels() - from);
        if (there <= 0) {
            return;
        }
        HostArray rows = HostArray.of(tile).orElseThrow();
        float mean = 1f / maps.pixels();
        float[] row = new float[width];
        for (int m = 0; m < maps.count(); m++) {
            System.arraycopy(maps.map(m), from, row, 0, there);
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

    /** |zᵢ − zⱼ|², summed in double precision. */
    double squaredDistance(int i, int j) {
        float[] a = maps.map(i);
        float[] b = maps.map(j);
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            double difference = (double) a[k] - b[k];
            sum += difference * difference;
        }
        return sum;
    }
}

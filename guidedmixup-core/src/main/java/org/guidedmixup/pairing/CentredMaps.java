package org.guidedmixup.pairing;

import org.guidedmixup.Scratch;
import org.guidedmixup.host.Chunks;
import org.guidedmixup.host.HostArray;
import org.guidedmixup.host.HostMaps;
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

    /** The scalar product of every two maps, [M][M] row by row. */
    float[] products() {
        int count = maps.count();
        int pixels = maps.pixels();
        int width = Math.min(pixels, Math.max(1, TILE / count));
        try (MemoryWorkspace scratch = Scratch.open(CentredMaps.class)) {
            INDArray tile = Nd4j.createUninitialized(DataType.FLOAT, new long[] {count, width}, 'c');
            INDArray products = Nd4j.create(DataType.FLOAT, new long[] {count, count}, 'f');
            HostArray rows = HostArray.of(tile).orElseThrow();
            for (int from = 0; from < pixels; from += width) {
                fill(rows, from, width);
                Nd4j.gemm(tile, tile, products, false, true, 1, 1);
            }
            return products.data().asFloat();
        }
    }

    /** Writes pixels {@code from} to before {@code from + width} of every map, 0 where there are no more. */
    private void fill(HostArray tile, int from, int width) {
        float mean = 1f / maps.pixels();
        int there = Math.min(width, maps.pixels() - from);
        Chunks.forEach(maps.count(), (first, last) -> {
            float[] row = new float[width];
            for (int m = first; m < last; m++) {
                subtract(maps.map(m), from, mean, row, there);
                tile.write((long) m * width, row, width);
            }
        });
    }

    private static void subtract(float[] map, int from, float mean, float[] row, int count) {
        for (int k = 0; k < count; k++) {
            row[k] = map[from + k] - mean;
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

package org.guidedmixup.pairing;

import org.guidedmixup.internal.MatrixProduct;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.internal.host.Chunks;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.saliency.MapVectors;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The products and distances that {@link SaliencyDistance} needs, for maps on the JVM heap. */
final class HostDistances {
    /** Elements of all vectors that are multiplied at a time: 2 MB. */
    private static final int TILE = 1 << 19;

    private final int count;
    private final MapVectors vectors;

    HostDistances(NormalizedSaliency maps) {
        count = maps.size();
        vectors = maps.vectors(TILE / count);
    }

    /** Computes the scalar products of all pairs of vectors, [M][M] row by row. */
    float[] products() {
        int length = vectors.partLength();
        try (MemoryWorkspace scratch = Scratch.open(HostDistances.class)) {
            INDArray tile = Nd4j.createUninitialized(DataType.FLOAT, new long[] {count, length}, 'c');
            INDArray products = Nd4j.create(DataType.FLOAT, new long[] {count, count}, 'c');
            HostArray rows = HostArray.of(tile).orElseThrow();
            for (int part = 0; part < vectors.parts(); part++) {
                fill(rows, part);
                MatrixProduct.addRowProducts(tile, products);
            }
            return products.data().asFloat();
        }
    }

    private void fill(HostArray rows, int part) {
        int length = vectors.partLength();
        Chunks.forEach(count, (from, to) -> {
            MapVectors.Reader reader = vectors.reader();
            float[] row = new float[length];
            for (int m = from; m < to; m++) {
                reader.read(m, part, row);
                rows.write((long) m * length, row, length);
            }
        });
    }

    /** Computes |zᵢ − zⱼ|² directly; made anew in each call, for the few pairs that need it. */
    double squaredDistance(int i, int j) {
        return vectors.reader().squaredDistance(i, j);
    }
}

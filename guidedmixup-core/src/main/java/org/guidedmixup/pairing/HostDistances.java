package org.guidedmixup.pairing;

import java.util.ArrayList;
import java.util.List;
import org.guidedmixup.internal.MatrixProduct;
import org.guidedmixup.internal.OneThread;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.internal.host.Chunks;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.saliency.MapVectors;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

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

    /** Computes the scalar products of all pairs of vectors i ≤ j, [M][M]; the others are not set. */
    float[][] products() {
        int length = vectors.partLength();
        try (MemoryWorkspace scratch = Scratch.open(HostDistances.class)) {
            INDArray tile = Nd4j.createUninitialized(DataType.FLOAT, new long[] {count, length}, 'c');
            List<RowBlock> blocks = RowBlock.of(tile);
            HostArray rows = HostArray.of(tile).orElseThrow();
            for (int part = 0; part < vectors.parts(); part++) {
                fill(rows, part);
                multiply(blocks);
            }
            float[][] products = new float[count][count];
            blocks.forEach(block -> block.read(products));
            return products;
        }
    }

    private static void multiply(List<RowBlock> blocks) {
        Chunks.forEach(blocks.size(), (from, to) -> {
            try (OneThread only = OneThread.open()) {
                blocks.subList(from, to).forEach(RowBlock::addProducts);
            }
        });
    }

    /**
     * The products of some rows of the tile with themselves and all later rows: with several blocks most products of i and j are
     * computed once, not twice.
     *
     * @param first the first row
     * @param rows [b, k], these rows
     * @param rest [M − first, k], these rows and the later ones
     * @param sums [b, M − first]
     */
    private record RowBlock(int first, INDArray rows, INDArray rest, INDArray sums) {
        /** Smaller blocks of short rows multiply more slowly than they save. */
        private static final int SMALLEST = 128;

        /** From this length on oneDNN is fastest with few rows: twice as fast with 8 as with 64, which it copies first. */
        private static final int LONG = 4096;

        private static final int SMALLEST_OF_LONG = 8;

        static List<RowBlock> of(INDArray tile) {
            int count = (int) tile.size(0);
            int smallest = tile.size(1) < LONG ? SMALLEST : SMALLEST_OF_LONG;
            List<RowBlock> blocks = new ArrayList<>();
            for (int first = 0; first < count; ) {
                int end = count - first < 2 * smallest ? count : first + smallest;
                INDArray sums = Nd4j.create(DataType.FLOAT, new long[] {end - first, count - first}, 'c');
                blocks.add(new RowBlock(first, rows(tile, first, end), rows(tile, first, count), sums));
                first = end;
            }
            return blocks;
        }

        private static INDArray rows(INDArray tile, int from, int to) {
            return tile.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
        }

        void addProducts() {
            MatrixProduct.addRowProducts(rows, rest, sums);
        }

        void read(float[][] products) {
            HostArray all = HostArray.of(sums).orElseThrow();
            int width = (int) sums.size(1);
            for (int i = 0; i < sums.size(0); i++) {
                all.read((long) i * width, products[first + i], first, width);
            }
        }
    }

    private void fill(HostArray rows, int part) {
        int length = vectors.partLength();
        Chunks.forEach(count, (from, to) -> {
            float[] row = new float[length];
            try (MapVectors.Reader reader = vectors.reader()) {
                for (int m = from; m < to; m++) {
                    reader.read(m, part, row);
                    rows.write((long) m * length, row, length);
                }
            }
        });
    }

    /** Computes |zᵢ − zⱼ|² directly; made anew in each call, for the few pairs that need it. */
    double squaredDistance(int i, int j) {
        try (MapVectors.Reader reader = vectors.reader()) {
            return reader.squaredDistance(i, j);
        }
    }
}

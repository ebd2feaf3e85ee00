package org.guidedmixup.pairing;

import org.guidedmixup.internal.MatrixProduct;
import org.guidedmixup.internal.host.Chunks;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The Euclidean distances between the saliency maps of all pairs of images of a batch (Kang and Kim 2023, Section 3.3).
 *
 * <p>O(M² H W) as matrix products, O(M²) extra memory on the CPU. Maps are centred first: they all sum to 1, so their common
 * mean cancels before squares are taken. Pairs so close that their distance would be lost in the rounding of the product are
 * computed again directly.
 */
public final class SaliencyDistance {
    /** Below this share of |zᵢ|² + |zⱼ|² a squared distance has lost more than half of its digits. */
    private static final double CANCELLED = 1e-3;

    private SaliencyDistance() {}

    /**
     * Computes all distances.
     *
     * @param normalized saliency maps [M, H, W] that each sum to 1, FLOAT. Not modified.
     * @return [M, M], FLOAT, symmetric, 0 on the diagonal
     * @throws IllegalArgumentException if the rank or type is different
     */
    public static INDArray between(INDArray normalized) {
        return between(NormalizedSaliency.ofNormalized(normalized));
    }

    /**
     * Computes all distances.
     *
     * @param normalized saliency maps
     * @return [M, M], FLOAT, symmetric, 0 on the diagonal
     */
    public static INDArray between(NormalizedSaliency normalized) {
        return normalized.isOnHost() ? onHost(normalized) : portable(normalized.maps());
    }

    private static INDArray onHost(NormalizedSaliency normalized) {
        HostDistances maps = new HostDistances(normalized);
        return distances(maps.products(), normalized.size(), maps::squaredDistance);
    }

    /** Computes the products by one multiplication, on any backend. */
    static INDArray portable(INDArray normalized) {
        int size = Math.toIntExact(normalized.size(0));
        INDArray maps = normalized.dup('c').reshape('c', size, -1);
        maps.subi(1.0 / maps.size(1));
        INDArray products = Nd4j.create(DataType.FLOAT, new long[] {size, size}, 'c');
        MatrixProduct.addRowProducts(maps, products);
        return distances(products.data().asFloat(), size, (i, j) -> {
            double distance = maps.getRow(i)
                    .castTo(DataType.DOUBLE)
                    .distance2(maps.getRow(j).castTo(DataType.DOUBLE));
            return distance * distance;
        });
    }

    /** Computes the distance of one pair directly. */
    @FunctionalInterface
    private interface SquaredDistance {
        double between(int i, int j);
    }

    /** Replaces the products by distances: |zᵢ − zⱼ|² = |zᵢ|² + |zⱼ|² − 2 zᵢ zⱼ. */
    private static INDArray distances(float[] products, int size, SquaredDistance direct) {
        float[] squares = new float[size];
        for (int i = 0; i < size; i++) {
            squares[i] = products[i * size + i];
        }
        Chunks.forEach(size, (from, to) -> {
            for (int i = from; i < to; i++) {
                for (int j = i + 1; j < size; j++) {
                    double scale = (double) squares[i] + squares[j];
                    double square = scale - 2.0 * products[i * size + j];
                    products[i * size + j] =
                            (float) Math.sqrt(square < CANCELLED * scale ? direct.between(i, j) : square);
                }
                products[i * size + i] = 0;
            }
        });
        mirror(products, size);
        return Nd4j.createFromArray(products).reshape('c', size, size);
    }

    /** Copies the part above the diagonal below it, block by block for cache locality. */
    private static void mirror(float[] matrix, int size) {
        int block = 32;
        for (int rows = 0; rows < size; rows += block) {
            for (int columns = rows; columns < size; columns += block) {
                for (int i = rows; i < Math.min(size, rows + block); i++) {
                    for (int j = Math.max(i + 1, columns); j < Math.min(size, columns + block); j++) {
                        matrix[j * size + i] = matrix[i * size + j];
                    }
                }
            }
        }
    }
}

package org.guidedmixup.pairing;

import java.util.Arrays;
import org.guidedmixup.internal.MatrixProduct;
import org.guidedmixup.internal.host.Chunks;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.internal.host.Transposition;
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
    private static final float CANCELLED = 1e-3f;

    /** Rows that are mirrored at a time. */
    private static final int BLOCK = 32;

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
        float[][] distances = maps.products();
        replaceByDistances(distances, maps::squaredDistance);
        int size = distances.length;
        INDArray array = Nd4j.createUninitialized(DataType.FLOAT, new long[] {size, size}, 'c');
        HostArray.of(array).orElseThrow().writeRows(0, distances, size);
        return array;
    }

    /** Computes the products by one multiplication, on any backend. */
    static INDArray portable(INDArray normalized) {
        int size = Math.toIntExact(normalized.size(0));
        INDArray maps = normalized.dup('c').reshape('c', size, -1);
        maps.subi(1.0 / maps.size(1));
        INDArray products = Nd4j.create(DataType.FLOAT, new long[] {size, size}, 'c');
        MatrixProduct.addRowProducts(maps, maps, products);
        float[] fetched = products.data().asFloat(); // in one transfer
        float[][] distances = new float[size][];
        for (int i = 0; i < size; i++) {
            distances[i] = Arrays.copyOfRange(fetched, i * size, (i + 1) * size);
        }
        replaceByDistances(distances, (i, j) -> {
            double distance = maps.getRow(i)
                    .castTo(DataType.DOUBLE)
                    .distance2(maps.getRow(j).castTo(DataType.DOUBLE));
            return distance * distance;
        });
        for (int i = 0; i < size; i++) {
            System.arraycopy(distances[i], 0, fetched, i * size, size);
        }
        return Nd4j.createFromArray(fetched).reshape('c', size, size);
    }

    /** Computes the distance of one pair directly. */
    @FunctionalInterface
    private interface SquaredDistance {
        double between(int i, int j);
    }

    /**
     * Replaces the products of all pairs i ≤ j by distances, and the others too: |zᵢ − zⱼ|² = |zᵢ|² + |zⱼ|² − 2 zᵢ zⱼ.
     *
     * @param products [M][M]. Modified.
     * @param direct for pairs whose products cancel
     */
    private static void replaceByDistances(float[][] products, SquaredDistance direct) {
        int size = products.length;
        float[] squares = new float[size];
        for (int i = 0; i < size; i++) {
            squares[i] = products[i][i];
        }
        Chunks.forEach(size, (from, to) -> {
            for (int i = from; i < to; i++) {
                float[] row = products[i];
                replaceBySquares(row, squares[i], squares, i);
                for (int j = i + 1; j < size; j++) {
                    if (row[j] < CANCELLED * (squares[i] + squares[j])) {
                        row[j] = (float) direct.between(i, j);
                    }
                }
                row[i] = 0;
                replaceByRoots(row, i);
            }
        });
        mirror(products);
    }

    private static void replaceBySquares(float[] products, float square, float[] squares, int from) {
        for (int j = from; j < products.length; j++) {
            products[j] = square + squares[j] - 2 * products[j];
        }
    }

    private static void replaceByRoots(float[] squares, int from) {
        for (int j = from; j < squares.length; j++) {
            squares[j] = (float) Math.sqrt(squares[j]);
        }
    }

    /** Copies the part above the diagonal below it, block by block for cache locality. */
    private static void mirror(float[][] matrix) {
        int size = matrix.length;
        for (int first = 0; first < size; first += BLOCK) {
            int last = Math.min(size, first + BLOCK);
            for (int i = first; i < last; i++) {
                for (int j = i + 1; j < last; j++) {
                    matrix[j][i] = matrix[i][j];
                }
            }
            Transposition.of(
                    Arrays.copyOfRange(matrix, first, last),
                    last,
                    last - first,
                    size - last,
                    Arrays.copyOfRange(matrix, last, size),
                    first);
        }
    }
}

package org.guidedmixup.pairing;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The Euclidean distance between the saliency maps of every two images of a batch (Kang and Kim 2023, Section 3.3).
 *
 * <p>O(M² H W) as one matrix product, O(M² + M H W) extra memory. Maps are centred first: they sum to 1, so what they
 * have in common cancels before squares are taken. Pairs so close that their distance would be lost in the rounding of
 * the product are measured again directly.
 */
public final class SaliencyDistance {
    /** Below this share of |zᵢ|² + |zⱼ|² a squared distance has lost more than half of its digits. */
    private static final double CANCELLED = 1e-3;

    private SaliencyDistance() {}

    /**
     * Measures all distances.
     *
     * @param normalized saliency maps [M, H, W] that each sum to 1, FLOAT. Not modified.
     * @return [M, M], FLOAT, symmetric, 0 on the diagonal
     * @throws IllegalArgumentException if rank or type are others
     */
    public static INDArray between(INDArray normalized) {
        if (normalized.rank() != 3 || normalized.dataType() != DataType.FLOAT || normalized.length() == 0) {
            throw new IllegalArgumentException("normalized " + normalized.dataType() + " "
                    + Arrays.toString(normalized.shape()) + ": expected FLOAT [batch, height, width]");
        }
        int size = Math.toIntExact(normalized.size(0));
        long pixels = normalized.size(1) * normalized.size(2);
        INDArray maps = normalized.dup('c').subi(1.0 / pixels).reshape('c', size, pixels);
        float[] gram = maps.mmul(maps.transpose(), 'c').data().asFloat();
        return Nd4j.createFromArray(distances(gram, size, maps)).reshape('c', size, size);
    }

    private static float[] distances(float[] gram, int size, INDArray maps) {
        float[] distance = new float[size * size];
        float[] values = {}; // of all maps, read only if a pair is to be measured again
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                double scale = (double) gram[i * size + i] + gram[j * size + j];
                double square = scale - 2.0 * gram[i * size + j];
                if (square < CANCELLED * scale) {
                    values = values.length == 0 ? maps.data().asFloat() : values;
                    square = direct(values, i, j, values.length / size);
                }
                distance[i * size + j] = (float) Math.sqrt(square);
                distance[j * size + i] = distance[i * size + j];
            }
        }
        return distance;
    }

    /** |zᵢ − zⱼ|², summed in double precision. */
    private static double direct(float[] maps, int i, int j, int pixels) {
        double sum = 0;
        for (int k = 0; k < pixels; k++) {
            double difference = (double) maps[i * pixels + k] - maps[j * pixels + k];
            sum += difference * difference;
        }
        return sum;
    }
}

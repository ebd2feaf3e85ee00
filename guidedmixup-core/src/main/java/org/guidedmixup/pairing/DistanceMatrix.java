package org.guidedmixup.pairing;

import java.util.Arrays;
import org.guidedmixup.internal.host.HostArray;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checked distances on the JVM heap. */
final class DistanceMatrix {
    private final float[] values;
    private final int size;

    /**
     * Reads distances.
     *
     * @param distance [M, M], finite. Not modified.
     * @throws IllegalArgumentException if the distances are not square or not finite
     */
    DistanceMatrix(INDArray distance) {
        if (distance.rank() != 2 || distance.size(0) != distance.size(1) || distance.length() == 0) {
            throw new IllegalArgumentException(
                    "distance " + Arrays.toString(distance.shape()) + ": expected a square matrix [batch, batch]");
        }
        size = Math.toIntExact(distance.size(0));
        values = new float[size * size];
        HostArray.reading(distance).read(0, values, values.length);
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("distance: expected finite values, got " + values[i] + " at ["
                        + i / size + ", " + i % size + "]");
            }
        }
    }

    int size() {
        return size;
    }

    float between(int i, int j) {
        return values[i * size + j];
    }
}

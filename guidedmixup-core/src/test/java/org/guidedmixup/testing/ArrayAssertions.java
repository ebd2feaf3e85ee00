package org.guidedmixup.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Comparisons of arrays, element by element on the Java side. */
public final class ArrayAssertions {
    private ArrayAssertions() {}

    /** Asserts that every element is within {@code tolerance} of the expected one. NaN equals NaN. */
    public static void assertClose(INDArray expected, INDArray actual, double tolerance, String what) {
        assertArrayEquals(expected.shape(), actual.shape(), what + ": shape");
        double[] e = values(expected);
        double[] a = values(actual);
        for (int i = 0; i < e.length; i++) {
            assertEquals(e[i], a[i], tolerance, what + " at " + i + " of " + e.length);
        }
    }

    /**
     * Asserts that every element is within {@code relative} of the expected one. Elements far below the largest one may differ
     * by {@code floor} of the largest: they are differences of large numbers, in the reference arrays too.
     */
    public static void assertCloseRelative(
            INDArray expected, INDArray actual, double relative, double floor, String what) {
        assertArrayEquals(expected.shape(), actual.shape(), what + ": shape");
        double[] e = values(expected);
        double[] a = values(actual);
        double largest = Arrays.stream(e).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < e.length; i++) {
            assertEquals(
                    e[i], a[i], relative * Math.abs(e[i]) + floor * largest, what + " at " + i + " of " + e.length);
        }
    }

    /** Returns the elements in 'c' order. */
    public static double[] values(INDArray array) {
        return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    }
}

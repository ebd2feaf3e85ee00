package org.guidedmixup.saliency.spectral;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Natural logarithms and exponentials of whole rows in single precision.
 *
 * <p>The polynomials are those of Cephes (Moshier 1989) for single precision. The bits of numbers are read through a buffer, a
 * row at a time, because the compiler turns loops of sums and products into vector instructions but not loops that read the
 * bits of individual numbers.
 *
 * <p>Not thread-safe: an instance holds its buffers.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the coefficients as they were published
final class RowExponential {
    private static final float LN_2 = 0.69314718f;
    private static final float LOG2_E = 1.44269504f;
    /** ln 2 in two parts, the first short enough to be multiplied by any exponent without rounding. */
    private static final float LN_2_HIGH = 0.693359375f;

    private static final float LN_2_LOW = -2.12194440e-4f;
    /** Adding 1.5 · 2²³ rounds to an integer, which is then held in the lowest bits. */
    private static final float ROUND = 12582912f;

    private static final int ROUND_BITS = 0x4B400000;
    private static final int SQRT_HALF_BITS = 0x3F3504F3;
    private static final int MANTISSA_BITS = 23;
    private static final int EXPONENT_BIAS = 127;

    private final FloatBuffer floats;
    private final IntBuffer ints;
    private final int[] bits;
    private final int[] exponents;
    private final float[] powers;

    /**
     * Allocates the buffers.
     *
     * @param longest the number of elements of the longest row
     */
    RowExponential(int longest) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(longest * Float.BYTES).order(ByteOrder.nativeOrder());
        floats = bytes.asFloatBuffer();
        ints = bytes.asIntBuffer();
        bits = new int[longest];
        exponents = new int[longest];
        powers = new float[longest];
    }

    /**
     * Replaces x by ln x. Absolute error below 3e-6, mostly the rounding of the result.
     *
     * @param x normal numbers above 0. Modified.
     * @param count the number of elements
     */
    void ln(float[] x, int count) {
        toBits(x, count);
        splitExponents(bits, exponents, count);
        toFloats(exponents, powers, count);
        toFloats(bits, x, count);
        lnOfMantissas(x, powers, count);
    }

    /** Replaces bits by those of mantissas from √½ to √2, and sets exponents to the bits of {@code ROUND} plus the exponent. */
    private static void splitExponents(int[] bits, int[] exponents, int count) {
        for (int l = 0; l < count; l++) {
            int exponent = (bits[l] - SQRT_HALF_BITS) >> MANTISSA_BITS;
            bits[l] -= exponent << MANTISSA_BITS;
            exponents[l] = exponent + ROUND_BITS;
        }
    }

    private static void lnOfMantissas(float[] x, float[] exponents, int count) {
        for (int l = 0; l < count; l++) {
            float m = x[l] - 1;
            float p = 7.0376836292e-2f;
            p = p * m - 1.1514610310e-1f;
            p = p * m + 1.1676998740e-1f;
            p = p * m - 1.2420140846e-1f;
            p = p * m + 1.4249322787e-1f;
            p = p * m - 1.6668057665e-1f;
            p = p * m + 2.0000714765e-1f;
            p = p * m - 2.4999993993e-1f;
            p = p * m + 3.3333331174e-1f;
            float square = m * m;
            x[l] = m + (p * m * square - 0.5f * square) + (exponents[l] - ROUND) * LN_2;
        }
    }

    /**
     * Replaces x by e^x. Relative error below 2e-7.
     *
     * @param x from −87 to 87. Modified.
     * @param count the number of elements
     */
    void exp(float[] x, int count) {
        round(x, powers, count);
        toBits(powers, count);
        toPowersOfTwo(bits, count);
        remainder(x, powers, count);
        toFloats(bits, powers, count);
        expOfRemainders(x, powers, count);
    }

    private static void round(float[] x, float[] rounded, int count) {
        for (int l = 0; l < count; l++) {
            rounded[l] = x[l] * LOG2_E + ROUND;
        }
    }

    private static void toPowersOfTwo(int[] bits, int count) {
        for (int l = 0; l < count; l++) {
            bits[l] = (bits[l] - ROUND_BITS + EXPONENT_BIAS) << MANTISSA_BITS;
        }
    }

    private static void remainder(float[] x, float[] rounded, int count) {
        for (int l = 0; l < count; l++) {
            float k = rounded[l] - ROUND;
            x[l] = x[l] - k * LN_2_HIGH - k * LN_2_LOW;
        }
    }

    private static void expOfRemainders(float[] x, float[] powers, int count) {
        for (int l = 0; l < count; l++) {
            float r = x[l];
            float p = 1.9875691500e-4f;
            p = p * r + 1.3981999507e-3f;
            p = p * r + 8.3334519073e-3f;
            p = p * r + 4.1665795894e-2f;
            p = p * r + 1.6666665459e-1f;
            p = p * r + 5.0000001201e-1f;
            x[l] = (p * r * r + r + 1) * powers[l];
        }
    }

    private void toBits(float[] values, int count) {
        floats.put(0, values, 0, count);
        ints.get(0, bits, 0, count);
    }

    private void toFloats(int[] source, float[] values, int count) {
        ints.put(0, source, 0, count);
        floats.get(0, values, 0, count);
    }
}

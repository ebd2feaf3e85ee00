package org.guidedmixup.host;

/**
 * Natural logarithm and exponential in single precision, about ten times as fast as {@link Math}'s in double precision.
 *
 * <p>The polynomials are those of Cephes (Moshier 1989) for single precision.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the coefficients as they were published
final class FloatExponential {
    private static final float LN_2 = 0.69314718f;
    private static final float LOG2_E = 1.44269504f;
    /** ln 2 in two parts, the first short enough to be multiplied by any exponent without rounding. */
    private static final float LN_2_HIGH = 0.693359375f;

    private static final float LN_2_LOW = -2.12194440e-4f;
    /** Adding 1.5 · 2²³ rounds to an integer, which then stands in the lowest bits. */
    private static final float ROUND = 12582912f;

    private static final int ROUND_BITS = 0x4B400000;
    private static final int SQRT_HALF_BITS = 0x3F3504F3;
    private static final int MANTISSA_BITS = 23;
    private static final int EXPONENT_BIAS = 127;
    /** e^±87 is still a normal number. */
    private static final float LARGEST = 87;

    private FloatExponential() {}

    /**
     * ln x.
     *
     * @param x a normal number above 0
     * @return the logarithm; absolute error below 3e-6, mostly the rounding of the result
     */
    static float ln(float x) {
        int bits = Float.floatToRawIntBits(x);
        int exponent = (bits - SQRT_HALF_BITS) >> MANTISSA_BITS;
        float m = Float.intBitsToFloat(bits - (exponent << MANTISSA_BITS)) - 1;
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
        return m + (p * m * square - 0.5f * square) + exponent * LN_2;
    }

    /**
     * e^x.
     *
     * @param x any number; below −87 and above 87 counts as −87 and 87
     * @return the exponential; relative error below 2e-7
     */
    static float exp(float x) {
        float clamped = Math.max(-LARGEST, Math.min(LARGEST, x));
        float rounded = clamped * LOG2_E + ROUND;
        int exponent = Float.floatToRawIntBits(rounded) - ROUND_BITS;
        float k = rounded - ROUND;
        float r = clamped - k * LN_2_HIGH - k * LN_2_LOW;
        float p = 1.9875691500e-4f;
        p = p * r + 1.3981999507e-3f;
        p = p * r + 8.3334519073e-3f;
        p = p * r + 4.1665795894e-2f;
        p = p * r + 1.6666665459e-1f;
        p = p * r + 5.0000001201e-1f;
        return (p * r * r + r + 1) * Float.intBitsToFloat((exponent + EXPONENT_BIAS) << MANTISSA_BITS);
    }
}

package org.guidedmixup.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.guidedmixup.testing.ErrorMessages;
import org.junit.jupiter.api.Test;

class ValueRangeTest {

    @Test
    void everyLevelComesBackFromItsValue() {
        for (ValueRange range : new ValueRange[] {
            ValueRange.of(0, 1),
            ValueRange.of(0, 255),
            ValueRange.of(-1, 1),
            ValueRange.standardized(new float[] {0.485f}, new float[] {0.229f})
        }) {
            byte[] levels = new byte[256];
            range.toLevels(0, range.values(0), 0, 1, 256, levels);
            for (int level = 0; level < 256; level++) {
                assertEquals(level, levels[level] & 0xff, range.toString());
            }
        }
    }

    @Test
    void channelsHaveTheirOwnMeanAndDeviation() {
        ValueRange range = ValueRange.standardized(new float[] {0.5f, 0.25f}, new float[] {0.25f, 0.5f});
        assertEquals(-2, range.values(0)[0], 1e-6);
        assertEquals(2, range.values(0)[255], 1e-6);
        assertEquals(-0.5, range.values(1)[0], 1e-6);
        assertEquals(1.5, range.values(1)[255], 1e-6);
        float[] interleaved = {-2, -0.5f, 0, 0.5f, 2, 1.5f};
        byte[] levels = new byte[3];
        range.toLevels(1, interleaved, 1, 2, 3, levels);
        assertArrayEquals(new byte[] {0, (byte) 128, (byte) 255}, levels);
    }

    @Test
    void valuesOutsideAreCutOffAndUndefinedOnesAreBlack() {
        byte[] levels = new byte[5];
        float[] values = {-3, 7, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
        ValueRange.of(0, 1).toLevels(0, values, 0, 1, 5, levels);
        assertArrayEquals(new byte[] {0, (byte) 255, 0, (byte) 255, 0}, levels);
    }

    @Test
    void valuesOutsideAreRefusedUpToRounding() {
        ValueRange range = ValueRange.of(0, 1);
        float[] rounded = {-1e-6f, 1 + 1e-6f, Float.NaN, Float.POSITIVE_INFINITY};
        assertDoesNotThrow(() -> range.requireInside(0, rounded, 0, 1, 4));
        float[] bytes = {0, 231};
        assertDoesNotThrow(() -> range.requireInside(0, bytes, 0, 2, 1));
        ErrorMessages.assertIllegalArgument(
                () -> range.requireInside(0, bytes, 0, 1, 2), "images", "0.0 to 1.0", "231.0", "range");
        ErrorMessages.assertIllegalArgument(() -> range.requireInside(0, new float[] {-0.1f}, 0, 1, 1), "-0.1");
    }

    @Test
    void badRangesAreNamed() {
        ErrorMessages.assertIllegalArgument(() -> ValueRange.of(1, 1), "range", "1.0 to 1.0");
        ErrorMessages.assertIllegalArgument(() -> ValueRange.of(0, Double.NaN), "range", "NaN");
        ErrorMessages.assertIllegalArgument(() -> ValueRange.of(0, Double.POSITIVE_INFINITY), "range");
        ErrorMessages.assertIllegalArgument(
                () -> ValueRange.standardized(new float[3], new float[] {1}), "mean of 3 and deviation of 1");
        ErrorMessages.assertIllegalArgument(() -> ValueRange.standardized(new float[1], new float[1]), "range");
        ErrorMessages.assertIllegalArgument(
                () -> ValueRange.standardized(new float[2], new float[] {1, 1}).requireChannels(3),
                "range of 2 channels",
                "3 channels");
        assertDoesNotThrow(() -> ValueRange.of(0, 1).requireChannels(3));
    }

    @Test
    void isAValue() {
        assertEquals(ValueRange.of(0, 1), ValueRange.standardized(new float[1], new float[] {1}));
        assertEquals(ValueRange.of(0, 1).hashCode(), ValueRange.of(0, 1).hashCode());
        assertNotEquals(ValueRange.of(0, 1), ValueRange.of(0, 255));
    }
}

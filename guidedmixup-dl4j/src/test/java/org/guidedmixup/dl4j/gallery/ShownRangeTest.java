package org.guidedmixup.dl4j.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.guidedmixup.image.ValueRange;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** What is taken for black and white. */
class ShownRangeTest {
    private static ShownRange guess(float... values) {
        return ShownRange.guess(Nd4j.createFromArray(values).reshape(1, 1, 1, values.length));
    }

    @Test
    void usualRangesAreTakenForWhatTheyAre() {
        assertEquals(ValueRange.of(0, 1), guess(0.2f, 0.7f, Float.NaN).range());
        assertEquals("0 is black, 1 is white", guess(0, 1).note());
        assertEquals(ValueRange.of(0, 255), guess(0, 3, 200).range());
        assertEquals("0 is black, 255 is white", guess(0, 255).note());
    }

    /** A dark image of integers has no value above 1 either. */
    @Test
    void integersAreLevels() {
        assertEquals(
                ValueRange.of(0, 255),
                ShownRange.guess(Nd4j.ones(DataType.UINT8, 2, 1, 2, 2)).range());
    }

    @Test
    void othersAreStretched() {
        ShownRange normalised = guess(-2.118f, 0, 2.64f);
        assertEquals(ValueRange.of(-2.118f, 2.64f), normalised.range());
        assertEquals("values stretched: -2.118 is black, 2.640 is white", normalised.note());
        assertTrue(guess(0, 1.5f).note().startsWith("values stretched"));
        assertTrue(guess(0, 300).note().startsWith("values stretched"));
        assertEquals(ValueRange.of(-3, -2), guess(-3, -3).range());
    }

    @Test
    void whatIsNotFiniteTellsNothing() {
        assertEquals(
                ValueRange.of(0, 1), guess(Float.NaN, Float.POSITIVE_INFINITY).range());
        assertEquals(ValueRange.of(-1, 1), guess(-1, 1, Float.NEGATIVE_INFINITY).range());
    }
}

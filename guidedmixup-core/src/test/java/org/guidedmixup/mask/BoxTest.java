package org.guidedmixup.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.guidedmixup.testing.ErrorMessages;
import org.junit.jupiter.api.Test;

class BoxTest {

    @Test
    void sidesAreTheRootOfTheShare() {
        // √0.25 = ½: 5 of 10 rows and 10 of 20 columns around row 4, column 9.
        assertEquals(new Box(2, 4, 5, 10), Box.around(0.25, 4, 9, 10, 20));
        // 0.6 · 7 = 4.2 rows and 0.6 · 11 = 6.6 columns become 4 and 7.
        assertEquals(new Box(1, 2, 4, 7), Box.around(0.36, 3, 5, 7, 11));
    }

    @Test
    void whatIsOutsideIsCutOff() {
        // Rows −2 to 2 and columns 14 to 23 of an image of 10 x 20 pixels.
        assertEquals(new Box(0, 14, 3, 6), Box.around(0.25, 0, 19, 10, 20));
        assertEquals(new Box(0, 0, 10, 20), Box.around(1, 5, 10, 10, 20));
        assertEquals(new Box(4, 0, 6, 20), Box.around(1, 9, 10, 10, 20));
    }

    @Test
    void tinySharesAndSidesOfOnePixel() {
        assertTrue(Box.around(0, 3, 3, 10, 20).isEmpty());
        assertTrue(Box.around(1e-9, 3, 3, 10, 20).isEmpty());
        assertEquals(new Box(0, 1, 1, 4), Box.around(0.4, 0, 3, 1, 6));
        assertTrue(Box.around(0.2, 0, 5, 1, 6).isEmpty(), "less than half of the only row");
        assertEquals(new Box(0, 0, 1, 1), Box.around(1, 0, 0, 1, 1));
    }

    @Test
    void areaIsTheNumberOfPixels() {
        assertEquals(12, new Box(1, 2, 3, 4).area());
        assertFalse(new Box(1, 2, 3, 4).isEmpty());
        assertEquals(0, new Box(1, 2, 3, 0).area());
        ErrorMessages.assertIllegalArgument(() -> new Box(-1, 2, 3, 4), "row -1");
    }
}

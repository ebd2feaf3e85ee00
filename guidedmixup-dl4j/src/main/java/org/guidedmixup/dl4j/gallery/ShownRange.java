package org.guidedmixup.dl4j.gallery;

import java.util.Locale;
import org.guidedmixup.dl4j.picture.Pictures;
import org.guidedmixup.image.ValueRange;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The values of a batch that are shown as black and white.
 *
 * @param range the values
 * @param note the line in the picture that names them
 */
record ShownRange(ValueRange range, String note) {
    private static final float BYTE_WHITE = 255;

    /** Images from 0 to 1 may exceed 1 slightly after resizing, but never reach 2. */
    private static final float LEAST_WHITE = 2;

    static ShownRange given(ValueRange range) {
        return new ShownRange(range, "black and white as set");
    }

    /**
     * Returns 0 to 1, or 0 to 255, if the values look like it. Other values, usually normalised ones, are stretched so that the
     * smallest is black and the largest white, equally in all channels.
     *
     * @param images [M, …], any numeric type, not part of a larger array. Not modified.
     */
    static ShownRange guess(INDArray images) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < images.size(0); i++) { // one image at a time: a batch may be too large for the heap
            for (float value : Pictures.floats(images.slice(i))) {
                if (Float.isFinite(value)) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
        }
        if (least > most || (least >= 0 && most <= 1 && !images.isZ())) {
            return known(1);
        }
        if (least >= 0 && most <= BYTE_WHITE && (images.isZ() || most >= LEAST_WHITE)) {
            return known(BYTE_WHITE);
        }
        float white = most > least ? most : least + 1;
        return new ShownRange(
                ValueRange.of(least, white),
                String.format(Locale.ROOT, "values stretched: %.4g is black, %.4g is white", least, white));
    }

    private static ShownRange known(float white) {
        return new ShownRange(ValueRange.of(0, white), String.format(Locale.ROOT, "0 is black, %.0f is white", white));
    }
}

package org.guidedmixup.method.augmix;

/** An operation on one channel of an 8-bit image. Implementations keep no state. */
@FunctionalInterface
public interface PlaneOperation {

    /**
     * Computes a plane of the same size.
     *
     * @param plane [height * width], row by row, 0 to 255 as unsigned bytes. Not modified.
     * @param height the number of rows
     * @param width the number of columns
     * @param output receives the result; another array of at least that length. Modified.
     */
    void apply(byte[] plane, int height, int width, byte[] output);

    /**
     * Computes all channels of an image, with the same result as one after the other.
     *
     * @param planes [channels][height * width], like a single plane. Not modified.
     * @param height the number of rows
     * @param width the number of columns
     * @param outputs receive the results; other arrays of at least that length. Modified.
     */
    default void apply(byte[][] planes, int height, int width, byte[][] outputs) {
        for (int c = 0; c < planes.length; c++) {
            apply(planes[c], height, width, outputs[c]);
        }
    }
}

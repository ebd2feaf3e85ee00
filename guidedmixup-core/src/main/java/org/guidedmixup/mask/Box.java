package org.guidedmixup.mask;

import java.io.Serializable;

/**
 * A rectangle of whole pixels inside an image; empty if a side is 0.
 *
 * @param top the first row
 * @param left the first column
 * @param height the number of rows
 * @param width the number of columns
 * @serial exclude
 */
public record Box(int top, int left, int height, int width) implements Serializable {

    /**
     * Checks that no number is negative.
     *
     * @param top the first row
     * @param left the first column
     * @param height the number of rows
     * @param width the number of columns
     * @throws IllegalArgumentException if one is negative
     */
    public Box {
        if (top < 0 || left < 0 || height < 0 || width < 0) {
            throw new IllegalArgumentException("box of " + height + " x " + width + " pixels at row " + top
                    + ", column " + left + ": expected numbers of at least 0");
        }
    }

    /**
     * Returns the box that covers a share of an image: sides √share · H and √share · W, rounded to whole pixels, around a
     * centre. The box is clipped at the borders of the image, so it can be smaller than its share.
     *
     * @param share 0 to 1
     * @param row the centre's row, 0 to H − 1
     * @param column the centre's column, 0 to W − 1
     * @param imageHeight H
     * @param imageWidth W
     * @return the box
     */
    public static Box around(double share, int row, int column, int imageHeight, int imageWidth) {
        int height = (int) Math.round(Math.sqrt(share) * imageHeight);
        int width = (int) Math.round(Math.sqrt(share) * imageWidth);
        int top = Math.max(0, row - height / 2);
        int left = Math.max(0, column - width / 2);
        int bottom = Math.min(imageHeight, row - height / 2 + height);
        int right = Math.min(imageWidth, column - width / 2 + width);
        return new Box(top, left, bottom - top, right - left);
    }

    /**
     * Returns the number of pixels.
     *
     * @return at least 0
     */
    public long area() {
        return (long) height * width;
    }

    /**
     * Returns whether the box has no pixels.
     *
     * @return true if a side is 0
     */
    public boolean isEmpty() {
        return area() == 0;
    }
}

package org.guidedmixup.saliency.spectral;

/**
 * Fills the margins of one brightness around an image, such as bars, frames, the padding of squares and of shifted crops, with the
 * mirrored image inside them, so that they are as salient as what is beside them.
 *
 * <p>A margin is a run of whole rows or whole columns along a side in which every pixel equals the pixel in the corner: the top left
 * corner for the top and the left, the bottom right corner for the bottom and the right. An image that would have no content, as
 * one of a single brightness, has no margins; neither has one whose margin is not finite.
 *
 * <p>O(H W) for images with margins, a few rows for others. Not thread-safe: an instance holds its buffers.
 */
final class MirroredMargins {
    private final int height;
    private final int width;
    // What is inside the margins: rows top to before bottom, columns left to before right.
    private int top;
    private int bottom;
    private int left;
    private int right;

    MirroredMargins(int height, int width) {
        this.height = height;
        this.width = width;
    }

    /**
     * Fills the margins of an image.
     *
     * @param runs the brightness, in runs of as many whole rows each, the last one perhaps in part. Modified.
     */
    void fill(float[][] runs) {
        Rows image = new Rows(runs, width);
        top = 0;
        bottom = height;
        left = 0;
        right = width;
        leaveOut(image, image.at(0, 0));
        leaveOut(image, image.at(height - 1, width - 1));
        boolean hasMargins = bottom - top < height || right - left < width;
        if (hasMargins && top < bottom && left < right) {
            mirror(image);
        }
    }

    /** The rows of an image. */
    private static final class Rows {
        private final float[][] runs;
        private final int perRun;
        private final int width;

        Rows(float[][] runs, int width) {
            this.runs = runs;
            this.width = width;
            perRun = runs[0].length / width;
        }

        float[] run(int y) {
            return runs[y / perRun];
        }

        int start(int y) {
            return y % perRun * width;
        }

        float at(int y, int x) {
            return run(y)[start(y) + x];
        }
    }

    /** Shrinks the content to the pixels that differ from a margin's. */
    private void leaveOut(Rows image, float margin) {
        if (!Float.isFinite(margin)) {
            return;
        }
        while (top < bottom && firstUnlike(image, top, margin, width) == width) {
            top++;
        }
        while (top < bottom && firstUnlike(image, bottom - 1, margin, width) == width) {
            bottom--;
        }
        int from = width;
        int to = 0;
        for (int y = top; y < bottom && (from > left || to < right); y++) {
            from = firstUnlike(image, y, margin, from);
            to = lastUnlike(image, y, margin, to);
        }
        left = Math.max(left, from);
        right = Math.min(right, to);
    }

    /** Returns the first pixel of a row that differs from a margin's, or the limit if none before it does. */
    private static int firstUnlike(Rows image, int y, float margin, int limit) {
        float[] run = image.run(y);
        int start = image.start(y);
        int x = 0;
        while (x < limit && run[start + x] == margin) {
            x++;
        }
        return x;
    }

    /** Returns the position behind the last pixel of a row that differs from a margin's, or the limit if it is larger. */
    private static int lastUnlike(Rows image, int y, float margin, int limit) {
        float[] run = image.run(y);
        int start = image.start(y);
        int x = image.width;
        while (x > limit && run[start + x - 1] == margin) {
            x--;
        }
        return x;
    }

    private void mirror(Rows image) {
        for (int y = top; y < bottom; y++) {
            float[] run = image.run(y);
            int start = image.start(y);
            for (int x = 0; x < left; x++) {
                run[start + x] = run[start + left + mirrored(x - left, right - left)];
            }
            for (int x = right; x < width; x++) {
                run[start + x] = run[start + left + mirrored(x - left, right - left)];
            }
        }
        for (int y = 0; y < height; y++) {
            if (y < top || y >= bottom) {
                int source = top + mirrored(y - top, bottom - top);
                System.arraycopy(image.run(source), image.start(source), image.run(y), image.start(y), width);
            }
        }
    }

    /** Returns the position that a position outside 0 to length − 1 is mirrored to, back and forth; the border is not repeated. */
    private static int mirrored(int position, int length) {
        if (length == 1) {
            return 0;
        }
        int period = 2 * (length - 1);
        int within = Math.floorMod(position, period);
        return within < length ? within : period - within;
    }
}

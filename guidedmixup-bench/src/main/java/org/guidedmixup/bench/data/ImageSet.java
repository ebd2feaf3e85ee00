package org.guidedmixup.bench.data;

import java.util.Arrays;
import java.util.List;

/**
 * Labelled images of one shape, in memory as unsigned bytes. Immutable as long as nobody writes to the arrays that
 * {@link #pixels} returns: they are shared, not copied, also between a set and its subsets.
 */
public final class ImageSet {
    private final byte[][] pixels;
    private final int[] labels;
    private final List<String> classNames;
    private final int channels;
    private final int height;
    private final int width;

    /**
     * Checks that the parts fit together.
     *
     * @param pixels N images of C·H·W bytes, each [C, H, W] in row-major order, 0 (black) to 255 unsigned; kept, not
     *     copied
     * @param labels N class numbers, 0 to K - 1; copied
     * @param classNames K names, the class number is the position
     * @param channels C, at least 1
     * @param height H, at least 1
     * @param width W, at least 1
     * @throws IllegalArgumentException if the sizes contradict each other, or a label is out of range
     */
    public ImageSet(byte[][] pixels, int[] labels, List<String> classNames, int channels, int height, int width) {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "image shape: expected sizes of at least 1, got [" + channels + ", " + height + ", " + width + "]");
        }
        if (pixels.length != labels.length) {
            throw new IllegalArgumentException(
                    "labels: expected " + pixels.length + ", one per image, got " + labels.length);
        }
        int expected = Math.multiplyExact(Math.multiplyExact(channels, height), width);
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i].length != expected) {
                throw new IllegalArgumentException(
                        "image " + i + ": expected " + expected + " bytes, got " + pixels[i].length);
            }
            if (labels[i] < 0 || labels[i] >= classNames.size()) {
                throw new IllegalArgumentException(
                        "label of image " + i + ": expected 0 to " + (classNames.size() - 1) + ", got " + labels[i]);
            }
        }
        this.pixels = pixels.clone();
        this.labels = labels.clone();
        this.classNames = List.copyOf(classNames);
        this.channels = channels;
        this.height = height;
        this.width = width;
    }

    /** {@return number of images N} */
    public int size() {
        return pixels.length;
    }

    /** {@return number of classes K, whether or not each has an image} */
    public int classes() {
        return classNames.size();
    }

    /** {@return K names in the order of the labels; not modifiable} */
    public List<String> classNames() {
        return classNames;
    }

    /** {@return C} */
    public int channels() {
        return channels;
    }

    /** {@return H in pixels} */
    public int height() {
        return height;
    }

    /** {@return W in pixels} */
    public int width() {
        return width;
    }

    /**
     * {@return the image, [C, H, W] unsigned bytes; shared, must not be modified}
     *
     * @param index 0 to N - 1
     */
    public byte[] pixels(int index) {
        return pixels[index];
    }

    /**
     * {@return its class number, 0 to K - 1}
     *
     * @param index 0 to N - 1
     */
    public int label(int index) {
        return labels[index];
    }

    /**
     * {@return these images with the same classes; shares the pixels}
     *
     * @param indices which images, in the desired order; repeats allowed. Not modified
     */
    public ImageSet subset(int... indices) {
        byte[][] chosen = Arrays.stream(indices).mapToObj(i -> pixels[i]).toArray(byte[][]::new);
        int[] chosenLabels = Arrays.stream(indices).map(i -> labels[i]).toArray();
        return new ImageSet(chosen, chosenLabels, classNames, channels, height, width);
    }

    /**
     * {@return a set with the same labels, classes and image shape}
     *
     * @param newPixels N images as in the constructor; kept, not copied
     */
    public ImageSet withPixels(byte[]... newPixels) {
        return new ImageSet(newPixels, labels, classNames, channels, height, width);
    }

    /**
     * {@return the images in another size, aspect ratio not kept; this set itself if it has that size}
     *
     * @param newHeight in pixels
     * @param newWidth in pixels
     */
    public ImageSet resized(int newHeight, int newWidth) {
        if (newHeight == height && newWidth == width) {
            return this;
        }
        TriangleResize resize = new TriangleResize(height, width, newHeight, newWidth);
        byte[][] results = Arrays.stream(pixels)
                .parallel()
                .map(image -> resize.apply(image, channels))
                .toArray(byte[][]::new);
        return new ImageSet(results, labels, classNames, channels, newHeight, newWidth);
    }

    /** {@return the shape as text, such as "3 x 32 x 32"} */
    String shapeText() {
        return channels + " x " + height + " x " + width;
    }

    @Override
    public String toString() {
        return "ImageSet[" + size() + " images " + shapeText() + ", " + classes() + " classes]";
    }
}

package org.guidedmixup.property;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A batch of images and soft labels in any layout, with the same values as plain arrays. */
final class Batch {
    private final Layout.Stored images;
    private final Layout.Stored labels;
    private final INDArray plainImages;
    private final double[][] pixels;
    private final double[][] shares;

    private Batch(Layout.Stored images, Layout.Stored labels, INDArray plainImages, INDArray plainLabels) {
        this.images = images;
        this.labels = labels;
        this.plainImages = plainImages;
        pixels = rows(plainImages);
        shares = rows(plainLabels);
    }

    /** The recipe of a batch: small numbers that a failing property can print and shrink. */
    record Recipe(
            List<Content> contents,
            int channels,
            int height,
            int width,
            DataType type,
            Layout layout,
            Layout labelLayout,
            DataFormat format,
            long seed) {

        /** Returns the same recipe with noise in every image and sides of at least 5 pixels. */
        Recipe ofNoise() {
            return new Recipe(
                    Collections.nCopies(contents.size(), Content.NOISE),
                    channels,
                    Math.max(5, height),
                    Math.max(5, width),
                    type,
                    layout,
                    labelLayout,
                    format,
                    seed);
        }

        /** Returns the same recipe with sides of 17 to 40 pixels. */
        Recipe ofSidesFrom17To40() {
            return new Recipe(
                    contents,
                    channels,
                    17 + 7 * height % 24,
                    17 + 7 * width % 24,
                    type,
                    layout,
                    labelLayout,
                    format,
                    seed);
        }

        /** Returns the same recipe with sides of 1 to 8 blocks of this number of pixels. */
        Recipe inBlocks(int pixels) {
            return new Recipe(
                    contents,
                    channels,
                    pixels * (1 + height % 8),
                    pixels * (1 + width % 8),
                    type,
                    layout,
                    labelLayout,
                    format,
                    seed);
        }

        Batch make() {
            SplittableRandom random = new SplittableRandom(seed);
            int m = contents.size();
            int perImage = channels * height * width;
            double[] values = new double[m * perImage];
            for (int i = 0; i < m; i++) {
                contents.get(i).fill(values, i * perImage, perImage, !type.isFPType(), random);
            }
            long[] shape = format == DataFormat.NCHW
                    ? new long[] {m, channels, height, width}
                    : new long[] {m, height, width, channels};
            Layout.Stored images = layout.store(values, type, shape, random);
            double[] soft = softLabels(m, 1 + random.nextInt(5), random);
            DataType labelType = type.isFPType() ? type : DataType.FLOAT;
            long[] labelShape = {m, soft.length / m};
            Layout.Stored labels = labelLayout.store(soft, labelType, labelShape, random);
            return new Batch(
                    images, labels, Layout.dense(values, type, shape), Layout.dense(soft, labelType, labelShape));
        }

        private static double[] softLabels(int m, int classes, SplittableRandom random) {
            double[] labels = new double[m * classes];
            for (int i = 0; i < m; i++) {
                double share = random.nextInt(3) / 2.0;
                labels[i * classes + random.nextInt(classes)] += share;
                labels[i * classes + random.nextInt(classes)] += 1 - share;
            }
            return labels;
        }
    }

    /** Returns the values of every image, in 'c' order. */
    static double[][] rows(INDArray array) {
        double[] values = array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
        int m = (int) array.size(0);
        int count = values.length / m;
        double[][] rows = new double[m][count];
        for (int i = 0; i < m; i++) {
            System.arraycopy(values, i * count, rows[i], 0, count);
        }
        return rows;
    }

    int size() {
        return pixels.length;
    }

    /** Returns the values of every image, in 'c' order. */
    double[][] pixels() {
        return pixels;
    }

    /** Returns the values of every label, in 'c' order. */
    double[][] shares() {
        return shares;
    }

    /** Returns the array in its layout. */
    INDArray images() {
        return images.array();
    }

    /** Returns the array in its layout. */
    INDArray labels() {
        return labels.array();
    }

    /** Returns the images in 'c' order without gaps. */
    INDArray plainImages() {
        return plainImages;
    }

    /** Returns all elements of the memory that holds images and labels. */
    double[][] memory() {
        return new double[][] {elements(images.memory()), elements(labels.memory())};
    }

    private static double[] elements(INDArray memory) {
        return memory.castTo(DataType.DOUBLE).data().asDouble();
    }

    /** Returns whether all values of an image are finite. */
    boolean isFinite(int image) {
        for (double value : pixels[image]) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the largest absolute value of an image. */
    double largest(int image) {
        double largest = 0;
        for (double value : pixels[image]) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** Returns the relative rounding of the type that stores the mixed pixels. */
    static double rounding(DataType type) {
        if (type == DataType.BFLOAT16) {
            return 1.6e-2;
        }
        return type == DataType.FLOAT16 ? 2e-3 : 1e-6; // DOUBLE too: shares are single precision
    }
}

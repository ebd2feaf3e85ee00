package org.guidedmixup.bench.data;

import java.util.Arrays;

/** Writes normalised, cropped and flipped images into an array it reuses. For one thread. */
final class BatchFiller {
    private final ImageSet images;
    private final float[][] floatOfByte;
    private final CropBorder border;
    private final int[] columns; // where each column of the current image comes from
    private float[] features = new float[0];
    private float[] labels = new float[0];

    BatchFiller(ImageSet images, Normalization normalization, CropBorder border) {
        this.images = images;
        this.floatOfByte = normalization.table();
        this.border = border;
        this.columns = new int[images.width()];
    }

    /**
     * {@return [to - from, C, H, W]; overwritten by the next call}
     *
     * @param from first position of the plan
     * @param to one after the last
     */
    float[] features(EpochPlan plan, int from, int to) {
        int imageSize = images.channels() * images.height() * images.width();
        features = sized(features, (to - from) * imageSize);
        for (int position = from; position < to; position++) {
            fill(plan, position, (position - from) * imageSize);
        }
        return features;
    }

    /** {@return one-hot [to - from, K]; overwritten by the next call} */
    float[] labels(EpochPlan plan, int from, int to) {
        int classes = images.classes();
        labels = sized(labels, (to - from) * classes);
        Arrays.fill(labels, 0);
        for (int position = from; position < to; position++) {
            labels[(position - from) * classes + images.label(plan.image(position))] = 1;
        }
        return labels;
    }

    private static float[] sized(float[] array, int length) {
        return array.length == length ? array : new float[length];
    }

    private void fill(EpochPlan plan, int position, int offset) {
        byte[] pixels = images.pixels(plan.image(position));
        int height = images.height();
        int width = images.width();
        findColumns(plan.right(position), plan.flipped(position));
        for (int c = 0; c < images.channels(); c++) {
            float outside = border.outside(floatOfByte[c][0]);
            for (int y = 0; y < height; y++) {
                int at = offset + (c * height + y) * width;
                int row = border.inside(y + plan.down(position), height);
                if (row == CropBorder.OUTSIDE) {
                    Arrays.fill(features, at, at + width, outside);
                } else {
                    fillRow(pixels, (c * height + row) * width, floatOfByte[c], outside, at);
                }
            }
        }
    }

    private void findColumns(int right, boolean flipped) {
        int width = columns.length;
        for (int x = 0; x < width; x++) {
            columns[x] = border.inside((flipped ? width - 1 - x : x) + right, width);
        }
    }

    private void fillRow(byte[] pixels, int row, float[] table, float outside, int at) {
        for (int x = 0; x < columns.length; x++) {
            int column = columns[x];
            features[at + x] = column == CropBorder.OUTSIDE ? outside : table[pixels[row + column] & 0xff];
        }
    }
}

package org.guidedmixup.bench.data;

import java.util.Arrays;

/** Writes normalised, cropped and flipped images into an array it reuses. For one thread. */
final class BatchFiller {
    private final ImageSet images;
    private final float[][] floatOfByte;
    private float[] features = new float[0];
    private float[] labels = new float[0];

    BatchFiller(ImageSet images, Normalization normalization) {
        this.images = images;
        this.floatOfByte = normalization.table();
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
        for (int c = 0; c < images.channels(); c++) {
            for (int y = 0; y < height; y++) {
                int at = (c * height + y) * width;
                int sourceY = y + plan.down(position);
                if (sourceY < 0 || sourceY >= height) {
                    Arrays.fill(features, offset + at, offset + at + width, floatOfByte[c][0]);
                } else {
                    int source = (c * height + sourceY) * width;
                    fillRow(pixels, source, floatOfByte[c], plan.right(position), plan.flipped(position), offset + at);
                }
            }
        }
    }

    private void fillRow(byte[] pixels, int source, float[] table, int right, boolean flipped, int at) {
        int width = images.width();
        for (int x = 0; x < width; x++) {
            int sourceX = (flipped ? width - 1 - x : x) + right;
            boolean black = sourceX < 0 || sourceX >= width;
            features[at + x] = table[black ? 0 : pixels[source + sourceX] & 0xff];
        }
    }
}

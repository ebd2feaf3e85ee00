package org.guidedmixup.host;

import java.util.ArrayList;
import java.util.List;

/**
 * Spectral residual saliency of a batch, image by image, with all that an image needs in the processor's cache.
 *
 * <p>Immutable; can be shared between threads.
 */
public final class HostSpectralResidual {
    /** Small images are transformed side by side until a row is this long, for the sake of vector instructions. */
    private static final int LANES = 256;

    private final List<HostFilter> before;
    private final List<HostFilter> after;
    private final int imageHeight;
    private final int imageWidth;
    private final int height;
    private final int width;
    private final FourierRows alongHeight;
    private final FourierRows alongWidth;

    /**
     * Prepares for one size of images.
     *
     * @param imageHeight H
     * @param imageWidth W
     * @param before what is done with the brightness, in this order; the result's size is the one that is transformed
     * @param after what is done with the residual, in this order; the result is [H, W]
     */
    public HostSpectralResidual(int imageHeight, int imageWidth, List<HostFilter> before, List<HostFilter> after) {
        this.imageHeight = imageHeight;
        this.imageWidth = imageWidth;
        this.before = List.copyOf(before);
        this.after = List.copyOf(after);
        height = before.isEmpty() ? imageHeight : before.get(before.size() - 1).outputHeight();
        width = before.isEmpty() ? imageWidth : before.get(before.size() - 1).outputWidth();
        alongHeight = new FourierRows(height);
        alongWidth = new FourierRows(width);
    }

    /**
     * Computes saliency maps.
     *
     * @param images [M, C, H, W]. Not modified.
     * @param count M
     * @param luma the weight of each of the C channels in the brightness. Not modified.
     * @param saliency [M, H, W]. Modified; a map is NaN where its image is not finite.
     */
    public void detect(HostArray images, int count, float[] luma, HostArray saliency) {
        Chunks.forEach(count, (from, to) -> {
            Worker worker = new Worker(Math.min(to - from, Math.max(1, LANES / width)));
            for (int image = from; image < to; image += worker.group) {
                // The last group of a chunk overlaps the one before it rather than being of another size.
                worker.detect(images, Math.min(image, to - worker.group), luma, saliency);
            }
        });
    }

    /** The arrays of one thread. */
    private final class Worker {
        private final int group;
        private final SpectralResidualRows residual;
        private final float[][] sideBySide;
        private final float[] plane = new float[imageWidth];
        private final Chain toTransform = new Chain(before, imageHeight, imageWidth);
        private final Chain toSaliency = new Chain(after, height, width);

        Worker(int group) {
            this.group = group;
            residual = new SpectralResidualRows(alongHeight, alongWidth, height, width, group);
            sideBySide = new float[height][group * width];
        }

        void detect(HostArray images, int first, float[] luma, HostArray saliency) {
            for (int g = 0; g < group; g++) {
                brightness(images, first + g, luma, toTransform.input());
                float[][] map = toTransform.run();
                for (int y = 0; y < height; y++) {
                    System.arraycopy(map[y], 0, sideBySide[y], g * width, width);
                }
            }
            residual.apply(sideBySide);
            for (int g = 0; g < group; g++) {
                for (int y = 0; y < height; y++) {
                    System.arraycopy(sideBySide[y], g * width, toSaliency.input()[y], 0, width);
                }
                saliency.writeRows((long) (first + g) * imageHeight * imageWidth, toSaliency.run(), imageWidth);
            }
        }

        private void brightness(HostArray images, int image, float[] luma, float[][] grey) {
            for (int c = 0; c < luma.length; c++) {
                float weight = luma[c];
                long start = ((long) image * luma.length + c) * imageHeight * imageWidth;
                for (int y = 0; y < imageHeight; y++) {
                    images.read(start + (long) y * imageWidth, plane, imageWidth);
                    float[] row = grey[y];
                    if (c == 0) {
                        for (int x = 0; x < imageWidth; x++) {
                            row[x] = plane[x] * weight;
                        }
                    } else {
                        for (int x = 0; x < imageWidth; x++) {
                            row[x] += plane[x] * weight;
                        }
                    }
                }
            }
        }
    }

    /** Filters one after the other, and the maps between them. */
    private static final class Chain {
        private final List<HostFilter> filters;
        private final List<float[][]> maps = new ArrayList<>();
        private final List<float[][]> works = new ArrayList<>();

        Chain(List<HostFilter> filters, int height, int width) {
            this.filters = filters;
            maps.add(new float[height][width]);
            for (HostFilter filter : filters) {
                works.add(filter.work());
                maps.add(new float[filter.outputHeight()][filter.outputWidth()]);
            }
        }

        float[][] input() {
            return maps.get(0);
        }

        float[][] run() {
            for (int i = 0; i < filters.size(); i++) {
                filters.get(i).apply(maps.get(i), works.get(i), maps.get(i + 1));
            }
            return maps.get(filters.size());
        }
    }
}

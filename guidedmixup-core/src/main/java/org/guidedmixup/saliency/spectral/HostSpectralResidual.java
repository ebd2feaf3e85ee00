package org.guidedmixup.saliency.spectral;

import java.util.List;
import java.util.Optional;
import org.guidedmixup.filter.SeparableFilter;
import org.guidedmixup.internal.host.Chunks;
import org.guidedmixup.internal.host.Filtering;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.internal.host.HostFilter;
import org.guidedmixup.internal.host.HostNormalization;
import org.guidedmixup.internal.host.Pool;
import org.guidedmixup.internal.host.Prepared;
import org.guidedmixup.saliency.Enlargement;
import org.guidedmixup.saliency.NormalizedSaliency;

/**
 * Spectral residual saliency of a batch, image by image, so that the data of an image stays in the processor's cache.
 *
 * <p>Thread-safe. Keeps its buffers, one set per thread, between batches.
 */
final class HostSpectralResidual {
    /** Images are transformed side by side until a row has this length, to make use of vector instructions. */
    private static final int LANES = 512;

    private final Optional<HostFilter> before;
    private final HostFilter after;
    private final int imageHeight;
    private final int imageWidth;
    private final boolean ignoreMargins;
    private final int height;
    private final int width;
    private final int group;
    private final FourierRows alongHeight;
    private final FourierRows alongWidth;
    private final Pass plain;
    /** The smoothing of the last batch, cached because the next batch nearly always uses it too. */
    private volatile Smoothed lastSmoothed;

    /**
     * Prepares for one size of images.
     *
     * @param imageHeight H
     * @param imageWidth W
     * @param ignoreMargins whether constant margins are mirrored first
     * @param before the filter of the brightness; the size of its result is the size of the transform
     * @param after the filter of the residual; its result is [H, W]
     */
    HostSpectralResidual(
            int imageHeight,
            int imageWidth,
            boolean ignoreMargins,
            Optional<HostFilter> before,
            Optional<HostFilter> after) {
        this.before = before;
        this.imageHeight = imageHeight;
        this.imageWidth = imageWidth;
        this.ignoreMargins = ignoreMargins;
        height = before.map(HostFilter::outputHeight).orElse(imageHeight);
        width = before.map(HostFilter::outputWidth).orElse(imageWidth);
        this.after = after.orElseGet(() -> HostFilter.identity(height, width));
        group = Math.max(1, LANES / Math.max(height, width));
        alongHeight = new FourierRows(height);
        alongWidth = new FourierRows(width);
        plain = new Pass(Optional.of(this.after));
    }

    /**
     * Returns whether this class supports transforms of a size.
     *
     * @param height the height of the transform
     * @param width the width of the transform
     * @return false for tiny sizes
     */
    static boolean supports(int height, int width) {
        return Math.min(height, width) >= HalfSpectrum.SMALLEST_SIDE;
    }

    /**
     * Computes saliency maps.
     *
     * @param images [M, C, H, W]. Not modified.
     * @param count M
     * @param luma the weight of each of the C channels in the brightness. Not modified.
     * @param saliency [M, H, W]. Modified; a map is NaN where its image is not finite.
     */
    void detect(HostArray images, int count, float[] luma, HostArray saliency) {
        long pixels = saliency.length() / count;
        plain.run(images, count, luma, (first, maps, rows) -> {
            int columns = after.outputWidth();
            for (int m = 0; m < maps; m++) {
                saliency.writeRows((first + m) * pixels, rows, m * columns, columns);
            }
        });
    }

    /**
     * Computes saliency maps, smooths them and divides each by its sum.
     *
     * @param images [M, C, H, W]. Not modified.
     * @param count M
     * @param luma the weight of each of the C channels in the brightness. Not modified.
     * @param smoothing the filters for maps [H, W] before they are normalised, in this order
     * @return the normalised maps
     */
    NormalizedSaliency detectNormalized(HostArray images, int count, float[] luma, List<SeparableFilter> smoothing) {
        Smoothed smoothed = smoothed(smoothing);
        HostFilter finish = smoothed.finish;
        int rows = finish.outputHeight();
        int columns = finish.outputWidth();
        if (smoothed.keepsSmaller) {
            HostNormalization normalized = HostNormalization.before(count, smoothed.transposed);
            smoothed.pass.run(images, count, luma, normalized::put);
            return NormalizedSaliency.ofSmaller(normalized.maps().kept(), smoothed.enlargement, normalized.nonFinite());
        }
        HostNormalization normalized = new HostNormalization(count, rows, columns);
        smoothed.pass.run(images, count, luma, normalized::put);
        return NormalizedSaliency.ofNormalized(normalized.maps().kept(), rows, columns, normalized.nonFinite());
    }

    private Smoothed smoothed(List<SeparableFilter> smoothing) {
        Smoothed last = lastSmoothed;
        if (last == null || !last.filters.equals(smoothing)) {
            HostFilter finish = after;
            for (SeparableFilter filter : smoothing) {
                finish = finish.then(onHost(filter, finish.outputHeight(), finish.outputWidth()));
            }
            last = new Smoothed(smoothing, finish, keepsSmaller(finish));
            lastSmoothed = last;
        }
        return last;
    }

    /** Returns a filter for maps of one size. */
    static HostFilter onHost(SeparableFilter filter, int height, int width) {
        return HostFilter.of(
                filter.alongHeight().compute(height), filter.alongWidth().compute(width));
    }

    /** Returns whether maps are kept as they are before a last filter, which makes them larger. */
    private boolean keepsSmaller(HostFilter finish) {
        return height * width < finish.outputHeight() * finish.outputWidth() && finish.preservesConstants();
    }

    /** The last filter with the smoothing, and the pass before it or with it. */
    private final class Smoothed {
        private final List<SeparableFilter> filters;
        private final HostFilter finish;
        private final boolean keepsSmaller;
        private final Pass pass;
        private final HostFilter transposed;
        private final Enlargement enlargement;

        Smoothed(List<SeparableFilter> filters, HostFilter finish, boolean keepsSmaller) {
            this.filters = List.copyOf(filters);
            this.finish = finish;
            this.keepsSmaller = keepsSmaller;
            pass = new Pass(keepsSmaller ? Optional.empty() : Optional.of(finish));
            transposed = finish.transposed();
            enlargement = new Enlargement(finish.matrixAlongHeight(), finish.matrixAlongWidth());
        }
    }

    /** Receives the finished maps. */
    @FunctionalInterface
    private interface MapTarget {
        /**
         * Receives maps.
         *
         * @param first the number of the first one
         * @param count the number of maps
         * @param rows row y of all of them, one after the other
         */
        void accept(int first, int count, float[][] rows);
    }

    /** All steps from an image to its map, with one filter at the end or without: then maps are transposed. */
    private final class Pass {
        /** The buffers, by the number of images that are transformed side by side. */
        private final Prepared<Integer, Pool<Worker>> workers = new Prepared<>();

        private final Optional<HostFilter> finish;

        Pass(Optional<HostFilter> finish) {
            this.finish = finish;
        }

        void run(HostArray images, int count, float[] luma, MapTarget target) {
            int sideBySide = Math.min(group, Math.max(1, count / Chunks.threads()));
            Pool<Worker> pool = workers.get(sideBySide, size -> new Pool<>(() -> new Worker(size, finish)));
            Chunks.forEach(count, sideBySide, (from, to) -> {
                Worker worker = pool.borrow();
                for (int image = from; image < to; image += sideBySide) {
                    // The last group of a chunk overlaps the one before it, so that all groups have the same size.
                    worker.detect(images, Math.min(image, to - sideBySide), luma, target);
                }
                pool.giveBack(worker);
            });
        }
    }

    /** The buffers of one thread. The transform runs on transposed images, because both filters transpose their output. */
    private final class Worker {
        private final int group;
        private final SpectralResidualRows residual;
        /** Column x of every image. */
        private final float[][] sideBySide;

        private final Brightness brightness = new Brightness(imageHeight, imageWidth);
        /** The brightness of an image that is transformed as it is. */
        private final float[][] runs = before.isPresent() ? new float[0][] : brightness.runs();

        private final MirroredMargins margins = new MirroredMargins(imageHeight, imageWidth);
        private final Optional<Filtering> shrink = before.map(Filtering::new);
        private final Optional<Filtering> finish;

        Worker(int group, Optional<HostFilter> filter) {
            this.group = group;
            residual = new SpectralResidualRows(
                    /* alongHeight= */ alongWidth,
                    /* alongWidth= */ alongHeight,
                    /* height= */ width,
                    /* width= */ height,
                    group);
            sideBySide = new float[width][group * height];
            finish = filter.map(last -> new Filtering(last.transposed(), group, sideBySide));
        }

        void detect(HostArray images, int first, float[] luma, MapTarget target) {
            for (int g = 0; g < group; g++) {
                int column = g * height;
                if (shrink.isPresent()) {
                    read(images, first + g, luma, shrink.get().input);
                    float[][] shrunk = shrink.get().columns();
                    for (int x = 0; x < width; x++) {
                        System.arraycopy(shrunk[x], 0, sideBySide[x], column, height);
                    }
                } else {
                    read(images, first + g, luma, runs);
                    brightness.transpose(runs, sideBySide, column);
                }
            }
            residual.apply(sideBySide);
            target.accept(first, group, finish.map(Filtering::columns).orElse(sideBySide));
        }

        private void read(HostArray images, int image, float[] luma, float[][] target) {
            brightness.read(images, image, luma, target);
            if (ignoreMargins) {
                margins.fill(target);
            }
        }
    }
}

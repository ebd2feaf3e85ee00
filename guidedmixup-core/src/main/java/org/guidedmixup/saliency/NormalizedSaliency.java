package org.guidedmixup.saliency;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.guidedmixup.filter.SeparableFilter;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.internal.host.HostMaps;
import org.guidedmixup.internal.host.HostNormalization;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Saliency maps that each sum to 1: z = s / Σ s. Immutable. */
public final class NormalizedSaliency {
    /** The maps on the JVM heap, if the backend computes on the CPU. */
    private final Optional<HostMaps> onHost;

    /** The maps as an array; if they are on the JVM heap, made on first use. */
    private volatile INDArray maps;

    private final int size;
    private final int height;
    private final int width;
    private final int nonFinite;

    private NormalizedSaliency(HostMaps maps, int nonFinite) {
        onHost = Optional.of(maps);
        size = maps.count();
        height = maps.height();
        width = maps.width();
        this.nonFinite = nonFinite;
    }

    private NormalizedSaliency(INDArray maps, int nonFinite) {
        onHost = Optional.empty();
        this.maps = maps;
        size = Math.toIntExact(maps.size(0));
        height = Math.toIntExact(maps.size(1));
        width = Math.toIntExact(maps.size(2));
        this.nonFinite = nonFinite;
    }

    /**
     * Normalises maps. A map whose sum is 0 or not finite becomes the uniform map 1 / (H W).
     *
     * @param saliency [M, H, W], FLOAT, not negative. Not modified.
     * @return the normalised maps
     */
    public static NormalizedSaliency of(INDArray saliency) {
        return HostArray.copyOf(saliency)
                .map(maps -> onHost(maps, saliency.shape()))
                .orElseGet(() -> portable(saliency));
    }

    /**
     * Smooths and normalises maps, as {@link #of(INDArray)}.
     *
     * @param saliency [M, H, W], FLOAT, not negative. Not modified.
     * @param smoothing filters that preserve the size, applied in this order
     * @return the normalised maps
     */
    public static NormalizedSaliency of(INDArray saliency, List<SeparableFilter> smoothing) {
        INDArray smoothed = saliency;
        for (SeparableFilter filter : smoothing) {
            smoothed = filter.apply(smoothed);
        }
        return of(smoothed);
    }

    /**
     * Wraps maps that already sum to 1.
     *
     * @param normalized [M, H, W], FLOAT; each map sums to 1. Not modified; not kept if the backend computes on the CPU.
     * @return the maps
     * @throws IllegalArgumentException if the rank or type is different
     */
    public static NormalizedSaliency ofNormalized(INDArray normalized) {
        if (normalized.rank() != 3 || normalized.dataType() != DataType.FLOAT || normalized.length() == 0) {
            throw new IllegalArgumentException("normalized " + normalized.dataType() + " "
                    + Arrays.toString(normalized.shape()) + ": expected FLOAT [batch, height, width]");
        }
        return HostArray.copyOf(normalized)
                .map(maps -> new NormalizedSaliency(HostMaps.of(maps, normalized.shape()), 0))
                .orElseGet(() -> new NormalizedSaliency(normalized, 0));
    }

    /**
     * Wraps maps on the JVM heap that already sum to 1.
     *
     * @param normalized [M][H · W], each map row by row with a sum of 1. Kept; do not modify.
     * @param height H
     * @param width W
     * @param nonFinite the number of maps that were not finite and became uniform
     * @return the maps
     */
    public static NormalizedSaliency ofNormalized(float[][] normalized, int height, int width, int nonFinite) {
        return new NormalizedSaliency(new HostMaps(normalized, height, width), nonFinite);
    }

    /**
     * Wraps maps on the JVM heap that a last filter makes larger, and that sum to 1 after it. They stay as small as they are and
     * are filtered whenever they are read.
     *
     * @param kept [M][w · h], each map column by column. Kept; do not modify.
     * @param last the filter from [h, w] to [H, W]
     * @param nonFinite the number of maps that were not finite and became uniform
     * @return the maps [H, W]
     */
    public static NormalizedSaliency ofSmaller(float[][] kept, Enlargement last, int nonFinite) {
        return new NormalizedSaliency(HostMaps.filtered(kept, last.transposed()), nonFinite);
    }

    private static NormalizedSaliency onHost(HostArray saliency, long[] shape) {
        HostNormalization normalized = HostNormalization.of(saliency, shape);
        return new NormalizedSaliency(normalized.maps(), normalized.nonFinite());
    }

    /** Returns the reference, on any backend. */
    static NormalizedSaliency portable(INDArray saliency) {
        long pixels = saliency.size(1) * saliency.size(2);
        float[] sums = saliency.sum(1, 2).data().asFloat();
        float[] scales = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            scales[i] = 1 / sums[i];
        }
        INDArray maps = saliency.mul(Nd4j.createFromArray(scales).reshape(sums.length, 1, 1));
        int nonFinite = 0;
        for (int i = 0; i < sums.length; i++) {
            nonFinite += Float.isFinite(sums[i]) ? 0 : 1;
            if (!Float.isFinite(sums[i]) || !Float.isFinite(scales[i])) {
                maps.slice(i).assign(1.0 / pixels);
            }
        }
        return new NormalizedSaliency(maps, nonFinite);
    }

    /**
     * Returns the number of maps.
     *
     * @return M
     */
    public int size() {
        return size;
    }

    /**
     * Returns the height of every map.
     *
     * @return H, in pixels
     */
    public int height() {
        return height;
    }

    /**
     * Returns the width of every map.
     *
     * @return W, in pixels
     */
    public int width() {
        return width;
    }

    /**
     * Returns the maps.
     *
     * @return [M, H, W], FLOAT; each map sums to 1; do not modify
     */
    public INDArray maps() {
        INDArray known = maps;
        if (known == null) {
            try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                known = onHost.orElseThrow().toArray();
            }
            maps = known;
        }
        return known;
    }

    /**
     * Returns whether the maps are on the JVM heap, as {@link #reader} and {@link #vectors} require.
     *
     * @return true if the backend computes on the CPU
     */
    public boolean isOnHost() {
        return onHost.isPresent();
    }

    /** Reads maps on the JVM heap, for one thread. */
    public interface Reader extends AutoCloseable {
        /**
         * Copies a run of pixels of a map. Fastest if a map is read again at once or after one other map.
         *
         * @param map the number of the map
         * @param start the first pixel, row by row
         * @param target receives the pixels from position 0. Modified.
         * @param count the number of pixels
         */
        void read(int map, int start, float[] target, int count);

        /** Makes the buffers free for other readers. */
        @Override
        void close();
    }

    /**
     * Returns a reader of the maps on the JVM heap.
     *
     * @return the reader, to be closed
     * @throws java.util.NoSuchElementException if the maps are not on the heap, see {@link #isOnHost}
     */
    public Reader reader() {
        HostMaps.Reader reader = onHost.orElseThrow().reader();
        return new Reader() {
            @Override
            public void read(int map, int start, float[] target, int count) {
                reader.read(map, start, target, count);
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    /**
     * Returns vectors that are as far apart as the maps, and no longer.
     *
     * @param longestPart the most elements that are read at once, as far as possible
     * @return the vectors
     * @throws java.util.NoSuchElementException if the maps are not on the heap, see {@link #isOnHost}
     */
    public MapVectors vectors(int longestPart) {
        return MapVectors.of(onHost.orElseThrow(), longestPart);
    }

    /**
     * Returns the number of maps that were not finite and became uniform.
     *
     * @return 0 to M
     */
    public int nonFinite() {
        return nonFinite;
    }
}

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
    /** The maps in the memory of the JVM, where the CPU computes. */
    private final Optional<HostMaps> onHost;

    /** The maps as an array; where they are in the memory of the JVM, made when it is first asked for. */
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
     * Normalises maps. A map that sums to 0, or is not finite, becomes the uniform map 1 / (H W).
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
     * @param smoothing filters that leave the size as it is, in this order
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
     * Takes maps that sum to 1 already.
     *
     * @param normalized [M, H, W], FLOAT; each map sums to 1. Not modified; where the CPU computes, not kept.
     * @return the same maps
     * @throws IllegalArgumentException if rank or type are others
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
     * Takes maps in the memory of the JVM that sum to 1 already.
     *
     * @param normalized [M][H · W], each map row by row with a sum of 1; kept, do not modify
     * @param height H
     * @param width W
     * @param nonFinite the number of maps that were not finite and became uniform
     * @return the same maps
     */
    public static NormalizedSaliency ofNormalized(float[][] normalized, int height, int width, int nonFinite) {
        return new NormalizedSaliency(new HostMaps(normalized, height, width), nonFinite);
    }

    private static NormalizedSaliency onHost(HostArray saliency, long[] shape) {
        HostNormalization normalized = HostNormalization.of(saliency, shape);
        return new NormalizedSaliency(normalized.maps(), normalized.nonFinite());
    }

    /** The reference, on any backend. */
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
     * The number of maps.
     *
     * @return M
     */
    public int size() {
        return size;
    }

    /**
     * The height of every map.
     *
     * @return H, in pixels
     */
    public int height() {
        return height;
    }

    /**
     * The width of every map.
     *
     * @return W, in pixels
     */
    public int width() {
        return width;
    }

    /**
     * The maps.
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
     * Whether {@link #read} is cheap because the maps are in the memory of the JVM.
     *
     * @return true where the CPU computes
     */
    public boolean isOnHost() {
        return onHost.isPresent();
    }

    /**
     * Copies a run of pixels of a map that is in the memory of the JVM.
     *
     * @param map 0 to M − 1
     * @param from the first pixel, counted row by row
     * @param target where the pixels go, from position 0. Modified.
     * @param count the number of pixels
     * @throws java.util.NoSuchElementException if the maps are elsewhere, see {@link #isOnHost}
     */
    public void read(int map, int from, float[] target, int count) {
        System.arraycopy(onHost.orElseThrow().map(map), from, target, 0, count);
    }

    /**
     * The number of maps that were not finite and became uniform.
     *
     * @return 0 to M
     */
    public int nonFinite() {
        return nonFinite;
    }
}

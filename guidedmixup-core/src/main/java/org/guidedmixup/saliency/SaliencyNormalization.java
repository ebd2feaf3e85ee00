package org.guidedmixup.saliency;

import java.util.List;
import java.util.Optional;
import org.guidedmixup.filter.SeparableFilter;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.internal.host.HostFilter;
import org.guidedmixup.internal.host.HostMaps;
import org.guidedmixup.internal.host.HostNormalization;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Saliency maps that each sum to 1: z = s / Σ s. Immutable. */
public final class SaliencyNormalization {
    /** The maps in the memory of the JVM, where the CPU computes. */
    private final Optional<HostMaps> onHost;

    /** The maps as an array; where they are in the memory of the JVM, made when it is first asked for. */
    private volatile INDArray maps;

    private final int nonFinite;

    private SaliencyNormalization(Optional<HostMaps> onHost, INDArray maps, float[] sums) {
        this.onHost = onHost;
        this.maps = maps;
        int count = 0;
        for (float sum : sums) {
            count += Float.isFinite(sum) ? 0 : 1;
        }
        nonFinite = count;
    }

    /**
     * Normalises maps. A map that sums to 0, or is not finite, becomes the uniform map 1 / (H W).
     *
     * @param saliency [M, H, W], FLOAT, not negative. Not modified.
     * @return the normalised maps
     */
    public static SaliencyNormalization of(INDArray saliency) {
        return of(saliency, List.of());
    }

    /**
     * Smooths and normalises maps, as {@link #of(INDArray)}.
     *
     * @param saliency [M, H, W], FLOAT, not negative. Not modified.
     * @param smoothing filters that leave the size as it is, in this order
     * @return the normalised maps
     */
    public static SaliencyNormalization of(INDArray saliency, List<SeparableFilter> smoothing) {
        Optional<HostArray> host = HostArray.copyOf(saliency);
        if (host.isEmpty()) {
            INDArray smoothed = saliency;
            for (SeparableFilter filter : smoothing) {
                smoothed = filter.apply(smoothed);
            }
            return ofPortable(smoothed);
        }
        int height = Math.toIntExact(saliency.size(1));
        int width = Math.toIntExact(saliency.size(2));
        HostFilter filter = HostFilter.chain(smoothing.stream()
                        .map(next -> next.onHost(height, width))
                        .toList())
                .orElseGet(() -> HostFilter.identity(height, width));
        return of(HostNormalization.of(host.get(), Math.toIntExact(saliency.size(0)), filter));
    }

    /**
     * Of maps that have been normalised on the CPU.
     *
     * @param normalized the maps
     * @return the same maps
     */
    public static SaliencyNormalization of(HostNormalization normalized) {
        return new SaliencyNormalization(Optional.of(normalized.maps()), null, normalized.sums());
    }

    /** The reference, on any backend. */
    static SaliencyNormalization ofPortable(INDArray saliency) {
        long pixels = saliency.size(1) * saliency.size(2);
        float[] sums = saliency.sum(1, 2).data().asFloat();
        float[] scales = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            scales[i] = 1 / sums[i];
        }
        INDArray maps = saliency.mul(Nd4j.createFromArray(scales).reshape(sums.length, 1, 1));
        for (int i = 0; i < sums.length; i++) {
            if (!Float.isFinite(sums[i]) || !Float.isFinite(scales[i])) {
                maps.slice(i).assign(1.0 / pixels);
            }
        }
        return new SaliencyNormalization(Optional.empty(), maps, sums);
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
     * The maps for computation on the CPU.
     *
     * @return the maps; empty where another device computes
     */
    public Optional<HostMaps> onHost() {
        return onHost;
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

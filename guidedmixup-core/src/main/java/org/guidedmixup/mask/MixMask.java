package org.guidedmixup.mask;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.internal.host.HostBlend;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.BooleanIndexing;
import org.nd4j.linalg.indexing.conditions.Conditions;

/**
 * The share of every pixel that an image keeps when it is blended with its partner, 0 to 1, and the label weights that follow
 * from it. Immutable.
 *
 * @serial exclude
 */
public final class MixMask implements Serializable {
    /** Shares that the CPU computes from saliency on demand. */
    private final Optional<HostMask> onHost;

    /** The shares as an array; if the CPU computes them, made on first use. */
    private volatile INDArray weights;

    private final int size;

    /** The means of the shares; if the CPU computes the shares, known once they have been read. */
    private volatile INDArray ratio;

    private MixMask(INDArray weights) {
        onHost = Optional.empty();
        size = Math.toIntExact(weights.size(0));
        this.weights = weights.detach();
        ratio = weights.mean(1, 2).detach();
    }

    private MixMask(INDArray weights, INDArray ratio) {
        onHost = Optional.empty();
        size = Math.toIntExact(weights.size(0));
        this.weights = weights;
        this.ratio = ratio;
    }

    private MixMask(HostMask mask, int size) {
        onHost = Optional.of(mask);
        this.size = size;
    }

    /**
     * Makes masks from any shares.
     *
     * @param weights [M, H, W], or [M, 1, 1] for one share per image; FLOAT, 0 to 1. Not modified, not kept.
     * @return the masks
     * @throws IllegalArgumentException if the shape or type is different
     */
    public static MixMask of(INDArray weights) {
        if (weights.rank() != 3 || weights.dataType() != DataType.FLOAT) {
            throw new IllegalArgumentException("weights " + weights.dataType() + " " + Arrays.toString(weights.shape())
                    + ": expected FLOAT [batch, height, width]");
        }
        return new MixMask(weights.dup('c'));
    }

    /**
     * Computes masks from saliency: m = zᵢ / (zᵢ + z_p(i)) pixel by pixel, one half where both are 0 (Kang and Kim 2023, Eq.
     * 4).
     *
     * @param normalized saliency maps that each sum to 1
     * @param pairing the partner of every image
     * @return the masks
     */
    public static MixMask ofSaliency(NormalizedSaliency normalized, Pairing pairing) {
        return normalized.isOnHost()
                ? new MixMask(new HostMask(normalized, pairing.partners()), pairing.size())
                : portable(normalized.maps(), pairing);
    }

    /**
     * Computes masks from saliency, as {@link #ofSaliency(NormalizedSaliency, Pairing)}.
     *
     * @param normalized saliency maps [M, H, W] that each sum to 1, FLOAT. Not modified.
     * @param pairing the partner of every image
     * @return the masks
     * @throws IllegalArgumentException if the rank or type is different
     */
    public static MixMask ofSaliency(INDArray normalized, Pairing pairing) {
        return ofSaliency(NormalizedSaliency.ofNormalized(normalized), pairing);
    }

    /** Returns the reference, on any backend. */
    static MixMask portable(INDArray normalized, Pairing pairing) {
        INDArray sum = pairing.partners(normalized).addi(normalized);
        INDArray weights = normalized.div(sum);
        BooleanIndexing.replaceWhere(weights, 0.5, Conditions.isNan());
        return new MixMask(weights);
    }

    /**
     * Returns masks with one share for all pixels of an image.
     *
     * @param ratio the share that each image keeps, 0 to 1. Not modified.
     * @return the masks
     */
    public static MixMask constant(float... ratio) {
        return new MixMask(Nd4j.createFromArray(ratio).reshape(ratio.length, 1, 1));
    }

    /**
     * Returns the number of images.
     *
     * @return M
     */
    public int size() {
        return size;
    }

    /** Keeps the means of the shares, which blending computes along the way. */
    void setRatio(float[] means) {
        if (ratio == null) {
            try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                ratio = Nd4j.createFromArray(means);
            }
        }
    }

    /** Returns the shares as the CPU reads them. Only for backends that compute on the CPU. */
    HostBlend.Shares onHost() {
        return onHost.<HostBlend.Shares>map(mask -> mask).orElseGet(() -> shares(weights));
    }

    private static HostBlend.Shares shares(INDArray weights) {
        HostArray shares = HostArray.of(weights).orElseThrow();
        int pixels = (int) (weights.size(1) * weights.size(2));
        if (pixels > 1) {
            return (image, start, target, spare, count) -> shares.read((long) image * pixels + start, target, count);
        }
        return HostBlend.Shares.constant(weights.data().asFloat());
    }

    /**
     * Returns the shares.
     *
     * @return [M, H, W] or [M, 1, 1], FLOAT; shared with this mask, do not modify
     */
    public INDArray weights() {
        INDArray known = weights;
        if (known == null) {
            try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                known = onHost.orElseThrow().toArray();
            }
            weights = known;
        }
        return known;
    }

    /**
     * Returns the shares with a channel axis of size 1, ready to be broadcast over images.
     *
     * @param format the layout of the images
     * @return [M, 1, H, W] or [M, H, W, 1], FLOAT; a view of this mask, do not modify
     */
    public INDArray weights(DataFormat format) {
        INDArray shares = weights();
        return format == DataFormat.NCHW
                ? shares.reshape(shares.size(0), 1, shares.size(1), shares.size(2))
                : shares.reshape(shares.size(0), shares.size(1), shares.size(2), 1);
    }

    /**
     * Returns the share of its own label that an image keeps: the mean of its mask (Kang and Kim 2023, Eq. 3).
     *
     * @return [M], FLOAT; shared with this mask, do not modify
     */
    public INDArray ratio() {
        if (ratio == null) {
            setRatio(onHost.orElseThrow().ratio());
        }
        return ratio;
    }

    private Object writeReplace() {
        INDArray shares = weights();
        return new Written(shares.shape(), bytes(shares), ratio().data().asFloat());
    }

    /** Returns the shares as little-endian bytes, which Java's serialisation writes in one piece. */
    private static byte[] bytes(INDArray shares) {
        float[] elements = new float[Math.toIntExact(shares.length())];
        HostArray.reading(shares).read(0, elements, elements.length);
        ByteBuffer bytes = ByteBuffer.allocate(elements.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(elements);
        return bytes.array();
    }

    /** The serialised form: the shares, not the saliency they were computed from. */
    private static final class Written implements Serializable {
        private static final long serialVersionUID = 1L;

        private final long[] shape;
        private final byte[] shares;
        private final float[] ratio;

        Written(long[] shape, byte[] shares, float[] ratio) {
            this.shape = shape;
            this.shares = shares;
            this.ratio = ratio;
        }

        private Object readResolve() {
            float[] elements = new float[shares.length / Float.BYTES];
            ByteBuffer.wrap(shares)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(elements);
            try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                return new MixMask(Nd4j.createFromArray(elements).reshape(shape), Nd4j.createFromArray(ratio));
            }
        }
    }
}

package org.guidedmixup.mask;

import java.util.Optional;
import java.util.function.Consumer;
import org.guidedmixup.internal.FloatingPoint;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.internal.host.HostBlend;
import org.guidedmixup.pairing.Pairing;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Blends every image with its partner: x̂ᵢ = m ⊙ xᵢ + (1 − m) ⊙ x_p(i), with the same mask for all channels, and ŷᵢ = rᵢ yᵢ +
 * (1 − rᵢ) y_p(i) with rᵢ the mean of the mask (Kang and Kim 2023, Eq. 2 and 3). Exact where a share is 0 or 1.
 */
public final class Blend {
    private Blend() {}

    /**
     * Blends images, or arrays aligned with them pixel by pixel.
     *
     * @param array [M, C, H, W], or [M, H, W, C] with NHWC, or [M, H, W]. Not modified.
     * @param format the image layout
     * @param pairing the partner of every image
     * @param mask the share of every pixel that an image keeps
     * @return a new array of the same shape in the input's type; integers become FLOAT
     */
    public static INDArray images(INDArray array, DataFormat format, Pairing pairing, MixMask mask) {
        boolean planes = array.rank() == 3 || format == DataFormat.NCHW;
        Optional<HostArray> pixels = planes ? HostArray.of(array) : Optional.empty();
        return pixels.map(host -> onHost(
                        host,
                        array,
                        array.rank() == 3 ? 1 : (int) array.size(1),
                        pairing,
                        mask.onHost(),
                        mask::setRatio))
                .orElseGet(() -> portable(array, pairing, array.rank() == 3 ? mask.weights() : mask.weights(format)));
    }

    /**
     * Blends labels.
     *
     * @param labels [M, K]. Not modified.
     * @param pairing the partner of every image
     * @param mask whose mean is the share of its own label that an image keeps
     * @return a new array of the same shape in the input's type; integers become FLOAT
     */
    public static INDArray labels(INDArray labels, Pairing pairing, MixMask mask) {
        return HostArray.of(labels)
                .map(rows -> onHost(
                        rows,
                        labels,
                        1,
                        pairing,
                        HostBlend.Shares.constant(mask.ratio().data().asFloat()),
                        means -> {}))
                .orElseGet(() -> portable(labels, pairing, mask.ratio().reshape(mask.size(), 1)));
    }

    private static INDArray onHost(
            HostArray elements,
            INDArray array,
            int channels,
            Pairing pairing,
            HostBlend.Shares shares,
            Consumer<float[]> means) {
        INDArray mixed = Nd4j.createUninitialized(array.dataType(), array.shape(), 'c');
        means.accept(HostBlend.apply(
                elements,
                pairing.partners(),
                channels,
                shares,
                HostArray.of(mixed).orElseThrow()));
        return mixed;
    }

    /** Returns the reference, on any backend, computed in at least single precision. */
    private static INDArray portable(INDArray array, Pairing pairing, INDArray weight) {
        INDArray mixed = Nd4j.createUninitialized(FloatingPoint.outputType(array), array.shape(), 'c');
        try (MemoryWorkspace scratch = Scratch.open(Blend.class)) {
            INDArray own = FloatingPoint.forBlending(array);
            INDArray share = weight.castTo(own.dataType());
            INDArray partner = pairing.partners(own);
            partner.muli(share.rsub(1));
            INDArray result = own.mul(share).addi(partner);
            return mixed.assign(result);
        }
    }
}

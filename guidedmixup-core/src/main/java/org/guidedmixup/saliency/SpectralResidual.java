package org.guidedmixup.saliency;

import java.util.Optional;
import org.guidedmixup.Scratch;
import org.guidedmixup.filter.BilinearResize;
import org.guidedmixup.filter.BoxMean;
import org.guidedmixup.filter.GaussianBlur;
import org.guidedmixup.filter.SeparableFilter;
import org.guidedmixup.saliency.FourierTransform.Complex;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Saliency from the spectrum of the image alone: what deviates from a smooth log amplitude stands out.
 *
 * <p>With F the Fourier transform of the brightness and L = ln |F|, saliency is |F⁻¹(F e^R / |F|)| for the residual
 * R = L − box3(L). As e^R / |F| = e^(−box3(L)), no division is needed. Images with a side above {@code maxSide} are
 * computed at maxSide x maxSide and resized back.
 *
 * <p>O(M H W (H + W)) as matrix products. Hou and Zhang, "Saliency Detection: A Spectral Residual Approach", CVPR 2007,
 * with the constants of the code released by Kang and Kim 2023.
 */
public final class SpectralResidual implements SaliencyDetector {
    private static final long serialVersionUID = 1L;
    private static final int DEFAULT_MAX_SIDE = 128;
    private static final double AMPLITUDE_FLOOR = 1e-10;

    private final int maxSide;
    private final boolean smoothing;
    private final BoxMean localMean = new BoxMean(3);
    private final GaussianBlur blur = new GaussianBlur(7, 3);
    private final FourierTransform fourier = new FourierTransform();
    private final BilinearResize shrink;

    /** The detector of the paper: at most 128 x 128, smoothed by a Gaussian of 7 x 7 and sigma 3. */
    public SpectralResidual() {
        this(DEFAULT_MAX_SIDE, true);
    }

    /**
     * A detector with other settings.
     *
     * @param maxSide the largest side in pixels that is transformed as it is, at least 1
     * @param smoothing whether the map is smoothed by a Gaussian of 7 x 7 and sigma 3
     * @throws IllegalArgumentException if maxSide is below 1
     */
    public SpectralResidual(int maxSide, boolean smoothing) {
        if (maxSide < 1) {
            throw new IllegalArgumentException("maxSide: expected at least 1, got " + maxSide);
        }
        this.maxSide = maxSide;
        this.smoothing = smoothing;
        this.shrink = new BilinearResize(maxSide, maxSide);
    }

    @Override
    public INDArray detect(INDArray images, INDArray labels, DataFormat format) {
        return detect(images, format);
    }

    /**
     * Computes saliency maps; labels are not needed.
     *
     * @param images [M, C, H, W], or [M, H, W, C] with NHWC; any numeric type. Not modified.
     * @param format where the channels of the images stand
     * @return [M, H, W], FLOAT
     */
    public INDArray detect(INDArray images, DataFormat format) {
        try (MemoryWorkspace scratch = Scratch.open(SpectralResidual.class)) {
            INDArray grey = Grey.of(images, format);
            Optional<SeparableFilter> back = grey.size(1) > maxSide || grey.size(2) > maxSide
                    ? Optional.of(new BilinearResize((int) grey.size(1), (int) grey.size(2)))
                    : Optional.empty();
            INDArray map = residual(back.isPresent() ? shrink.apply(grey) : grey);
            if (smoothing) {
                map = blur.apply(map);
            }
            return (back.isPresent() ? back.get().apply(map) : map).detach();
        }
    }

    /** |F⁻¹(F e^(−box3(ln |F|)))| for maps [M, H, W]. */
    private INDArray residual(INDArray grey) {
        // The mean goes through the transform exactly on its own; without it nothing drowns the small frequencies.
        INDArray mean = grey.mean(true, 1, 2);
        Complex spectrum = fourier.forward(fourier.forward(grey.sub(mean)).transpose());
        addMean(spectrum, mean, grey.size(1) * grey.size(2));
        INDArray gain = Transforms.exp(localMean.apply(logAmplitude(spectrum)).negi(), false);
        Complex flattened =
                new Complex(spectrum.real().muli(gain), spectrum.imaginary().muli(gain));
        Complex map = fourier.inverse(fourier.inverse(flattened).transpose());
        return amplitude(map, 0).divi(grey.size(1) * grey.size(2));
    }

    /** The transform of a constant is its sum at frequency 0. */
    private static void addMean(Complex spectrum, INDArray mean, long pixels) {
        INDArray real = spectrum.real();
        real.tensorAlongDimension(0, 0).addi(mean.reshape(mean.length()).mul(pixels));
    }

    private static INDArray logAmplitude(Complex spectrum) {
        return Transforms.log(amplitude(spectrum, AMPLITUDE_FLOOR), false);
    }

    /** sqrt(Re² + Im² + floor). */
    private static INDArray amplitude(Complex z, double floor) {
        INDArray square = z.real().mul(z.real()).addi(z.imaginary().mul(z.imaginary()));
        return Transforms.sqrt(square.addi(floor), false);
    }
}

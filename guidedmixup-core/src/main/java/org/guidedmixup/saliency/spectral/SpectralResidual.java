package org.guidedmixup.saliency.spectral;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.guidedmixup.filter.BilinearResize;
import org.guidedmixup.filter.BoxMean;
import org.guidedmixup.filter.GaussianBlur;
import org.guidedmixup.filter.SeparableFilter;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.internal.host.HostFilter;
import org.guidedmixup.internal.host.Prepared;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.saliency.spectral.FourierTransform.Complex;
import org.guidedmixup.saliency.spectral.HostPlanes.ImageSize;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Saliency from the spectrum of the image alone: deviations from a smooth log amplitude are salient.
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

    /** The largest side in pixels that is transformed without resizing. */
    private final int maxSide;

    /** Whether the map is smoothed. */
    private final boolean smoothing;

    /** The order of the channels of images with three channels. */
    private final ChannelOrder channelOrder;

    /** Whether constant margins are mirrored first. */
    private final boolean ignoreMargins;

    /** The local mean of the log amplitude. */
    private final BoxMean localMean = new BoxMean(3);

    /** Smooths the map. */
    private final GaussianBlur blur = new GaussianBlur(7, 3);

    /** The transform along one axis. */
    private final FourierTransform fourier = new FourierTransform();

    /** The CPU's detectors, by the size of images. */
    private final Prepared<ImageSize, HostSpectralResidual> onHost = new Prepared<>();

    /** Resizes to maxSide x maxSide. */
    private final BilinearResize shrink;

    /** Makes the detector of the paper: at most 128 x 128, smoothed by a 7 x 7 Gaussian with sigma 3, for RGB images. */
    public SpectralResidual() {
        this(builder());
    }

    private SpectralResidual(Builder builder) {
        maxSide = builder.maxSide;
        smoothing = builder.smoothing;
        channelOrder = builder.channelOrder;
        ignoreMargins = builder.ignoreMargins;
        shrink = new BilinearResize(maxSide, maxSide);
    }

    /**
     * Starts a builder with the settings of the paper, those of {@link #SpectralResidual()}.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public INDArray detect(INDArray images, INDArray labels, DataFormat format) {
        return detect(images, format);
    }

    /**
     * Computes saliency maps; labels are not needed.
     *
     * @param images [M, C, H, W], or [M, H, W, C] with NHWC; any numeric type. Not modified.
     * @param format the layout of the images
     * @return [M, H, W], FLOAT
     */
    public INDArray detect(INDArray images, DataFormat format) {
        try (MemoryWorkspace scratch = Scratch.open(SpectralResidual.class)) {
            Optional<HostPlanes> planes =
                    HostPlanes.of(images, format, channelOrder).filter(this::isTransformedOnHost);
            return planes.isPresent()
                    ? detectOnHost(planes.get())
                    : detectPortable(brightness(images, format)).detach();
        }
    }

    @Override
    public Optional<NormalizedSaliency> detectNormalized(
            INDArray images, DataFormat format, List<SeparableFilter> smoothing) {
        try (MemoryWorkspace scratch = Scratch.open(SpectralResidual.class)) {
            return HostPlanes.of(images, format, channelOrder)
                    .filter(this::isTransformedOnHost)
                    .map(planes -> onHost.get(planes.size, this::prepare)
                            .detectNormalized(planes.pixels, planes.images, planes.luma, smoothing));
        }
    }

    private INDArray detectOnHost(HostPlanes planes) {
        ImageSize size = planes.size;
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            INDArray saliency = Nd4j.createUninitialized(
                    DataType.FLOAT, new long[] {planes.images, size.height(), size.width()}, 'c');
            onHost.get(size, this::prepare)
                    .detect(
                            planes.pixels,
                            planes.images,
                            planes.luma,
                            HostArray.of(saliency).orElseThrow());
            return saliency;
        }
    }

    private boolean isTransformedOnHost(HostPlanes planes) {
        return isResized(planes.size)
                ? HostSpectralResidual.supports(maxSide, maxSide)
                : HostSpectralResidual.supports(planes.size.height(), planes.size.width());
    }

    private boolean isResized(ImageSize size) {
        return size.height() > maxSide || size.width() > maxSide;
    }

    private HostSpectralResidual prepare(ImageSize size) {
        List<HostFilter> after = new ArrayList<>();
        boolean resized = isResized(size);
        Optional<HostFilter> before = resized
                ? Optional.of(HostSpectralResidual.onHost(shrink, size.height(), size.width()))
                : Optional.empty();
        if (smoothing) {
            after.add(
                    resized
                            ? HostSpectralResidual.onHost(blur, maxSide, maxSide)
                            : HostSpectralResidual.onHost(blur, size.height(), size.width()));
        }
        if (resized) {
            after.add(HostSpectralResidual.onHost(new BilinearResize(size.height(), size.width()), maxSide, maxSide));
        }
        return new HostSpectralResidual(size.height(), size.width(), ignoreMargins, before, HostFilter.chain(after));
    }

    /** Returns the brightness that {@link #detectPortable} takes. */
    INDArray brightness(INDArray images, DataFormat format) {
        INDArray grey = Grey.of(images, format, channelOrder);
        return ignoreMargins ? withMirroredMargins(grey) : grey;
    }

    /** Margins are found and filled in the JVM's memory. */
    private static INDArray withMirroredMargins(INDArray grey) {
        MirroredMargins margins = new MirroredMargins((int) grey.size(1), (int) grey.size(2));
        float[][] filled = new float[(int) grey.size(0)][];
        for (int i = 0; i < filled.length; i++) {
            filled[i] = grey.slice(i).dup('c').data().asFloat();
            margins.fill(new float[][] {filled[i]});
        }
        return Nd4j.createFromArray(filled).reshape('c', grey.shape());
    }

    /** Returns the reference, on any backend; from brightness [M, H, W]. */
    INDArray detectPortable(INDArray grey) {
        Optional<SeparableFilter> back = grey.size(1) > maxSide || grey.size(2) > maxSide
                ? Optional.of(new BilinearResize((int) grey.size(1), (int) grey.size(2)))
                : Optional.empty();
        INDArray map = residual(back.isPresent() ? shrink.apply(grey) : grey);
        if (smoothing) {
            map = blur.apply(map);
        }
        return back.isPresent() ? back.get().apply(map) : map;
    }

    /** Computes |F⁻¹(F e^(−box3(ln |F|)))| for maps [M, H, W]. */
    private INDArray residual(INDArray grey) {
        // The mean is transformed separately, so that its rounding errors do not drown small frequencies.
        INDArray mean = grey.mean(true, 1, 2);
        Complex spectrum = fourier.forward(fourier.forward(grey.sub(mean)).transpose());
        addMean(spectrum, mean, grey.size(1) * grey.size(2));
        INDArray gain = Transforms.exp(localMean.apply(logAmplitude(spectrum)).negi(), false);
        Complex flattened =
                new Complex(spectrum.real().muli(gain), spectrum.imaginary().muli(gain));
        Complex map = fourier.inverse(fourier.inverse(flattened).transpose());
        return amplitude(map, 0).divi(grey.size(1) * grey.size(2));
    }

    /** Adds the transform of a constant, which is its sum at frequency 0. */
    private static void addMean(Complex spectrum, INDArray mean, long pixels) {
        INDArray real = spectrum.real();
        real.tensorAlongDimension(0, 0).addi(mean.reshape(mean.length()).mul(pixels));
    }

    private static INDArray logAmplitude(Complex spectrum) {
        return Transforms.log(amplitude(spectrum, AMPLITUDE_FLOOR), false);
    }

    /** Computes sqrt(Re² + Im² + floor). */
    private static INDArray amplitude(Complex z, double floor) {
        INDArray square = z.real().mul(z.real()).addi(z.imaginary().mul(z.imaginary()));
        return Transforms.sqrt(square.addi(floor), false);
    }

    /** The settings of {@link SpectralResidual}. */
    public static final class Builder {
        private int maxSide = DEFAULT_MAX_SIDE;
        private boolean smoothing = true;
        private ChannelOrder channelOrder = ChannelOrder.RGB;
        private boolean ignoreMargins = false;

        private Builder() {}

        /**
         * Sets the largest side that is transformed without resizing; default 128.
         *
         * @param pixels at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder maxSide(int pixels) {
            if (pixels < 1) {
                throw new IllegalArgumentException("maxSide: expected at least 1, got " + pixels);
            }
            maxSide = pixels;
            return this;
        }

        /**
         * Sets whether the map is smoothed by a 7 x 7 Gaussian with sigma 3; default true.
         *
         * @param on true to smooth
         * @return this builder
         */
        public Builder smoothing(boolean on) {
            smoothing = on;
            return this;
        }

        /**
         * Sets the order of the channels of colour images, whose brightness is 0.2989 R + 0.587 G + 0.114 B; default RGB.
         * DataVec reads BGR. The order has no effect on images without exactly three channels, whose brightness is the mean of
         * all channels.
         *
         * @param order RGB or BGR
         * @return this builder
         * @throws IllegalArgumentException if it is null
         */
        public Builder channelOrder(ChannelOrder order) {
            if (order == null) {
                throw new IllegalArgumentException("channelOrder: expected RGB or BGR, got null");
            }
            channelOrder = order;
            return this;
        }

        /**
         * Sets whether margins of one brightness are ignored: bars, frames, the padding of squares and shifted crops; default
         * false. Saliency is then that of the image with the content mirrored over its margins, so that neither a margin nor its
         * edge is salient by itself, and greedy pairs do not depend on where images have their margins.
         *
         * <p>A margin is a run of whole rows or columns along a side of the image in which all pixels are exactly equal, not the
         * corners of a rotated image. An image of nothing but margins stays as it is.
         *
         * @param on true to ignore margins
         * @return this builder
         */
        public Builder ignoreMargins(boolean on) {
            ignoreMargins = on;
            return this;
        }

        /**
         * Makes the detector.
         *
         * @return the detector
         */
        public SpectralResidual build() {
            return new SpectralResidual(this);
        }
    }
}

package org.guidedmixup.dl4j.opencv;

import java.util.Arrays;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.internal.host.Chunks;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.saliency.spectral.ChannelOrder;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A detector of OpenCV's saliency module (4.5.5):
 *
 * <pre>{@code
 * SaliencyMix asReleased = SaliencyMix.builder().saliency(OpenCvSaliency.fineGrained()).onePerBatch().build();
 * }</pre>
 *
 * <p>OpenCV reads 8-bit images, so the detector needs the values of black and white: 0 and 1 for floating-point images
 * and 0 and 255 for integer ones, unless {@link #range} says otherwise. Three channels are red, green and blue unless
 * {@link #channelOrder} says otherwise; for any other number, their mean is used. An image with NaN or infinite pixels has a map of
 * NaN. If OpenCV returns a map that is not finite, as for an image of one colour, the map is 0.
 *
 * <p>Immutable and thread-safe. Images are processed in parallel, in the common fork-join pool or that of the caller. OpenCV's memory is freed before a call ends. Needs OpenCV on the class path.
 */
public final class OpenCvSaliency implements SaliencyDetector {
    private static final long serialVersionUID = 1L;

    /** What OpenCV computes. */
    private final OpenCvAlgorithm algorithm;

    /** The values of black and white; null for the default of the images' type. */
    private final ValueRange range;

    /** The order of three channels. */
    private final ChannelOrder channelOrder;

    private OpenCvSaliency(OpenCvAlgorithm algorithm, ValueRange range, ChannelOrder channelOrder) {
        this.algorithm = algorithm;
        this.range = range;
        this.channelOrder = channelOrder;
    }

    /**
     * Returns OpenCV's spectral residual: computed at 64 x 64, blurred by 5 x 5 with sigma 8, squared, divided by its largest value and
     * resized to the image. Not equal to {@link org.guidedmixup.saliency.spectral.SpectralResidual}, which uses the constants of
     * Kang and Kim 2023.
     *
     * @return the detector
     */
    public static OpenCvSaliency spectralResidual() {
        return new OpenCvSaliency(OpenCvAlgorithm.SPECTRAL_RESIDUAL, null, ChannelOrder.RGB);
    }

    /**
     * Returns OpenCV's fine-grained saliency, the differences between a pixel and its surroundings at six sizes, as in the released code of
     * SaliencyMix. Montabone and Soto, "Human Detection Using a Mobile Platform and Novel Features Derived from a Visual
     * Saliency Mechanism", Image and Vision Computing 28 (3), 2010.
     *
     * @return the detector
     */
    public static OpenCvSaliency fineGrained() {
        return new OpenCvSaliency(OpenCvAlgorithm.FINE_GRAINED, null, ChannelOrder.RGB);
    }

    /**
     * Returns the same detector with other values of black and white, equal for all channels.
     *
     * @param low black
     * @param high white
     * @return a new detector
     * @throws IllegalArgumentException if low is not below high, or one is not finite
     */
    public OpenCvSaliency range(double low, double high) {
        return range(ValueRange.of(low, high));
    }

    /**
     * Returns the same detector with other values of black and white, for example {@link ValueRange#standardized} for normalised images.
     *
     * @param values the range
     * @return a new detector
     * @throws IllegalArgumentException if it is null
     */
    public OpenCvSaliency range(ValueRange values) {
        if (values == null) {
            throw new IllegalArgumentException("range: expected a range, got null");
        }
        return new OpenCvSaliency(algorithm, values, channelOrder);
    }

    /**
     * Returns the same detector with another order of three channels. DataVec reads BGR.
     *
     * @param order RGB or BGR
     * @return a new detector
     * @throws IllegalArgumentException if it is null
     */
    public OpenCvSaliency channelOrder(ChannelOrder order) {
        if (order == null) {
            throw new IllegalArgumentException("channelOrder: expected RGB or BGR, got null");
        }
        return new OpenCvSaliency(algorithm, range, order);
    }

    /**
     * Computes saliency maps.
     *
     * @param images [M, C, H, W], or [M, H, W, C] with NHWC; any numeric type, fewer than 2^29 values. Not modified.
     * @param labels not used
     * @param format the image layout
     * @return [M, H, W], FLOAT, from 0 to 1
     * @throws IllegalArgumentException if a value lies outside the range or the range was given for another number of channels
     * @throws IllegalStateException if OpenCV is missing or cannot be loaded
     */
    @Override
    public INDArray detect(INDArray images, INDArray labels, DataFormat format) {
        EightBitImages layout = EightBitImages.of(images, format, range, channelOrder);
        requireOpenCv();
        int count = layout.count();
        float[] maps = new float[Math.multiplyExact(count, layout.pixels())];
        try (MemoryWorkspace scratch = Scratch.open(OpenCvSaliency.class)) {
            HostArray values = HostArray.reading(images);
            Chunks.forEach(count, (from, to) -> {
                float[] image = new float[layout.length()];
                for (int i = from; i < to; i++) {
                    values.read((long) i * image.length, image, image.length);
                    float[] map = map(image, layout);
                    System.arraycopy(map, 0, maps, i * map.length, map.length);
                }
            });
        }
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return Nd4j.createFromArray(maps).reshape(count, layout.height(), layout.width());
        }
    }

    private float[] map(float[] image, EightBitImages layout) {
        byte[] levels = layout.levels(image);
        if (!isFinite(image)) {
            float[] map = new float[layout.pixels()];
            Arrays.fill(map, Float.NaN);
            return map;
        }
        float[] map = OpenCvMaps.compute(algorithm, levels, layout.height(), layout.width());
        return isFinite(map) ? map : new float[layout.pixels()];
    }

    private static boolean isFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static void requireOpenCv() {
        try {
            OpenCvMaps.load();
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "OpenCV cannot be loaded: expected org.bytedeco:opencv-platform 4.5.5-1.5.7 on the class path, which"
                            + " org.datavec:datavec-data-image brings, for this operating system and processor",
                    e);
        }
    }
}

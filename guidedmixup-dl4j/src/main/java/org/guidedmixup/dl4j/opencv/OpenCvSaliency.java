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
 * <p>OpenCV reads 8-bit images, so the detector has to know which values mean black and white: 0 to 1 for floating-point images
 * and 0 to 255 for integer ones, unless {@link #range} says otherwise. Three channels are red, green and blue unless
 * {@link #channelOrder} says otherwise; of any other number the mean is taken. An image with NaN or infinite pixels has a map of
 * NaN; where OpenCV finds no finite map, as in an image of one colour, nothing is salient and the map is 0.
 *
 * <p>Immutable; any number of threads may use one. Images are worked on in parallel, in the common fork-join pool or that of the
 * caller. OpenCV's memory is freed before a call ends. Needs OpenCV on the class path.
 */
public final class OpenCvSaliency implements SaliencyDetector {
    private static final long serialVersionUID = 1L;

    /** What OpenCV computes. */
    private final OpenCvAlgorithm algorithm;

    /** Which values mean black and white; null for what is usual for the type of the images. */
    private final ValueRange range;

    /** Of images with three channels. */
    private final ChannelOrder channelOrder;

    private OpenCvSaliency(OpenCvAlgorithm algorithm, ValueRange range, ChannelOrder channelOrder) {
        this.algorithm = algorithm;
        this.range = range;
        this.channelOrder = channelOrder;
    }

    /**
     * OpenCV's spectral residual: computed at 64 x 64, blurred by 5 x 5 with sigma 8, squared, divided by its largest value and
     * resized to the image. Not equal to {@link org.guidedmixup.saliency.spectral.SpectralResidual}, which has the constants of
     * Kang and Kim 2023.
     *
     * @return the detector
     */
    public static OpenCvSaliency spectralResidual() {
        return new OpenCvSaliency(OpenCvAlgorithm.SPECTRAL_RESIDUAL, null, ChannelOrder.RGB);
    }

    /**
     * OpenCV's fine-grained saliency, differences of a pixel and its surroundings of six sizes, as in the released code of
     * SaliencyMix. Montabone and Soto, "Human Detection Using a Mobile Platform and Novel Features Derived from a Visual
     * Saliency Mechanism", Image and Vision Computing 28 (3), 2010.
     *
     * @return the detector
     */
    public static OpenCvSaliency fineGrained() {
        return new OpenCvSaliency(OpenCvAlgorithm.FINE_GRAINED, null, ChannelOrder.RGB);
    }

    /**
     * With the values that mean black and white, for all channels.
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
     * With the values that mean black and white, for example {@link ValueRange#standardized} for normalised images.
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
     * With the order of the channels of colour images. DataVec reads BGR.
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
     * @param labels not looked at
     * @param format where the channels of the images stand
     * @return [M, H, W], FLOAT, from 0 to 1
     * @throws IllegalArgumentException if a value lies outside the range or the range was given for another number of channels
     * @throws IllegalStateException if OpenCV is not there or cannot be loaded
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

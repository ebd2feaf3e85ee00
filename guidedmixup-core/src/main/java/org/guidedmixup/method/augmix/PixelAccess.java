package org.guidedmixup.method.augmix;

import java.util.Optional;
import org.guidedmixup.internal.host.HostArray;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads and writes the images of an array one at a time: directly if the array is in the CPU's memory, otherwise through a
 * copy. Several threads can use different images at the same time.
 */
final class PixelAccess {
    private final INDArray array;
    private final boolean channelsFirst;
    private final Optional<HostArray> host;
    private final float[] copy;

    private PixelAccess(INDArray array, DataFormat format, Optional<HostArray> host, float[] copy) {
        this.array = array;
        channelsFirst = format == DataFormat.NCHW;
        this.host = host;
        this.copy = copy;
    }

    /**
     * Opens an array for reading.
     *
     * @param array [M, C, H, W], [M, H, W, C] or [M, H, W], FLOAT. Not modified.
     * @param format the layout; NCHW for [M, H, W]
     */
    static PixelAccess reading(INDArray array, DataFormat format) {
        return new PixelAccess(array, format, Optional.of(HostArray.reading(array)), new float[0]);
    }

    /**
     * Opens an array that will be written completely; its old values are not read.
     *
     * @param array as in {@link #reading}, in 'c' order without gaps
     * @param format as in {@link #reading}
     */
    static PixelAccess writing(INDArray array, DataFormat format) {
        Optional<HostArray> host = HostArray.of(array);
        return new PixelAccess(array, format, host, new float[host.isPresent() ? 0 : Math.toIntExact(array.length())]);
    }

    int channels() {
        return array.rank() == 3 ? 1 : (int) array.size(channelsFirst ? 1 : 3);
    }

    int valuesPerImage() {
        return (int) (array.length() / array.size(0));
    }

    /** Returns the number of pixels of an image. */
    int pixels() {
        return valuesPerImage() / channels();
    }

    /** Returns the index of a channel's first pixel in an image. */
    int start(int channel) {
        return channelsFirst ? channel * pixels() : channel;
    }

    /** Returns the distance from one pixel of a channel to the next. */
    int stride() {
        return channelsFirst ? 1 : channels();
    }

    void read(int image, float[] target) {
        host.orElseThrow().read((long) image * target.length, target, target.length);
    }

    void write(int image, float[] source) {
        long from = (long) image * source.length;
        if (host.isPresent()) {
            host.get().write(from, source, source.length);
        } else {
            System.arraycopy(source, 0, copy, (int) from, source.length);
        }
    }

    /** Finishes writing: afterwards the array holds everything that was written. */
    void flush() {
        if (host.isEmpty()) {
            array.assign(Nd4j.createFromArray(copy).reshape('c', array.shape()));
        }
    }
}

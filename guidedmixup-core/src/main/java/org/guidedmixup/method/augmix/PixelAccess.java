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

    private PixelAccess(INDArray array, DataFormat format) {
        this.array = array;
        channelsFirst = format == DataFormat.NCHW;
        host = HostArray.of(array);
        copy = host.isPresent() ? new float[0] : array.dup('c').data().asFloat();
    }

    /**
     * Opens an array.
     *
     * @param array [M, C, H, W], [M, H, W, C] or [M, H, W], FLOAT; it can be written only if it is in 'c' order without gaps
     * @param format the layout; NCHW for [M, H, W]
     */
    static PixelAccess of(INDArray array, DataFormat format) {
        boolean dense = array.ordering() == 'c' && array.elementWiseStride() == 1;
        return new PixelAccess(dense ? array : array.dup('c'), format);
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
        long from = (long) image * target.length;
        if (host.isPresent()) {
            host.get().read(from, target, target.length);
        } else {
            System.arraycopy(copy, (int) from, target, 0, target.length);
        }
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

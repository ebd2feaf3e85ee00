package org.guidedmixup.saliency.spectral;

import java.util.Optional;
import org.guidedmixup.internal.host.HostArray;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Images in the form that the CPU reads: planes whose sum, weighted by {@code luma}, is the brightness. */
final class HostPlanes {
    final HostArray pixels;
    final int images;
    final ImageSize size;
    final float[] luma;

    private HostPlanes(HostArray pixels, int images, ImageSize size, float[] luma) {
        this.pixels = pixels;
        this.images = images;
        this.size = size;
        this.luma = luma;
    }

    record ImageSize(int height, int width) {}

    static Optional<HostPlanes> of(INDArray images, DataFormat format, ChannelOrder order) {
        Optional<HostArray> planes = format == DataFormat.NCHW ? HostArray.of(images) : Optional.empty();
        if (planes.isPresent()) {
            ImageSize size = new ImageSize((int) images.size(2), (int) images.size(3));
            return Optional.of(
                    new HostPlanes(planes.get(), (int) images.size(0), size, Grey.weights(images.size(1), order)));
        }
        INDArray grey = Grey.of(images, format, order);
        ImageSize size = new ImageSize((int) grey.size(1), (int) grey.size(2));
        return HostArray.of(grey).map(pixels -> new HostPlanes(pixels, (int) grey.size(0), size, new float[] {1}));
    }
}

package org.guidedmixup.bench.gallery;

import java.util.List;
import java.util.stream.IntStream;
import org.guidedmixup.dl4j.picture.Pictures;
import org.guidedmixup.dl4j.picture.Png;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A few images of a batch as small pictures for a page. */
public final class Thumbnails {
    private static final int SIDE = 96;

    private Thumbnails() {}

    /**
     * Makes pictures of the first images of a batch.
     *
     * @param images [M, C, H, W], 0 to 1, mixed or not, any numeric type. Not modified.
     * @param count how many; fewer if the batch is smaller
     * @return {@code data:} URIs of enlarged PNGs
     */
    public static List<String> dataUris(INDArray images, int count) {
        return IntStream.range(0, (int) Math.min(count, images.size(0)))
                .mapToObj(i -> Png.dataUri(Pictures.enlarge(Pictures.photograph(images.slice(i)), SIDE)))
                .toList();
    }
}

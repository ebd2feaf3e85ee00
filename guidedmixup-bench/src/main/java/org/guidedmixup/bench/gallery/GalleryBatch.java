package org.guidedmixup.bench.gallery;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The images that pairs are looked for in.
 *
 * @param images [M, C, H, W], FLOAT, 0 to 1
 * @param labels [M, K], FLOAT, one-hot
 * @param classNames the names of the K classes
 */
public record GalleryBatch(INDArray images, INDArray labels, List<String> classNames) {}

package org.guidedmixup.plan;

import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A batch after mixing.
 *
 * @param images the mixed images, in the shape and layout of the originals
 * @param labels the mixed labels, in the shape of the originals
 * @serial exclude
 */
public record MixedBatch(INDArray images, INDArray labels) implements Serializable {}

package org.guidedmixup.bench.model;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one batch norm layer measured on a training batch.
 *
 * @param mean     C elements
 * @param variance biased, C elements
 * @param samples  values behind each mean, N H W
 */
public record BatchMoments(INDArray mean, INDArray variance, long samples) {}

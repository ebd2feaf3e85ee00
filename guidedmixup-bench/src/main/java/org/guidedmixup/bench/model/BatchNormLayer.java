package org.guidedmixup.bench.model;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where a training graph has the moments of a batch norm layer.
 *
 * @param name     the layer
 * @param mean     the variable with the batch mean
 * @param variance the variable with the biased batch variance
 * @param pixels   H W of what is normalized
 */
record BatchNormLayer(String name, String mean, String variance, long pixels) {

    /** Picks the moments from computed values, for a batch of this many images. */
    BatchMoments moments(Map<String, INDArray> values, long batch) {
        return new BatchMoments(values.get(mean), values.get(variance), batch * pixels);
    }
}

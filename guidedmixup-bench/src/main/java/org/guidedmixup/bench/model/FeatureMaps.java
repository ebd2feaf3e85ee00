package org.guidedmixup.bench.model;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Feature maps in a graph, with the sizes SameDiff does not know before it runs.
 *
 * @param variable [N, channels, height, width]
 * @param channels number of maps
 * @param height   rows of a map
 * @param width    columns of a map
 */
public record FeatureMaps(SDVariable variable, int channels, int height, int width) {

    /** Pixels of one map. */
    long pixels() {
        return (long) height * width;
    }

    /** Returns maps of the same sizes in another variable. */
    public FeatureMaps with(SDVariable other) {
        return new FeatureMaps(other, channels, height, width);
    }
}

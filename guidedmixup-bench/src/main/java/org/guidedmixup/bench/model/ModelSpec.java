package org.guidedmixup.bench.model;

/**
 * What a model is built from; two equal specs give equal models.
 *
 * @param architecture  the network
 * @param shape         shape of one image
 * @param classes       number of classes, at least 1
 * @param seed          seed of the initial parameters
 * @param initialization how convolutions are drawn
 * @param loss          what training minimises
 * @param inputGradient whether the gradient with respect to the images can be computed
 * @param portable      whether batch norm is built from SameDiff's own ops: slower, any backend, {@code SameDiff.fit}
 *     works
 */
public record ModelSpec(
        Architecture architecture,
        ImageShape shape,
        int classes,
        long seed,
        Initialization initialization,
        TrainingLoss loss,
        boolean inputGradient,
        boolean portable) {

    /** Checks the sizes. */
    public ModelSpec {
        if (classes < 1) {
            throw new IllegalArgumentException("classes: expected at least 1, got " + classes);
        }
    }
}

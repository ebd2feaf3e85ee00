package org.guidedmixup.bench.model;

/** Builds an {@link ImageModel}. */
public final class ImageModelBuilder {

    private Architecture architecture = new SmallResNet();
    private ImageShape shape = new ImageShape(3, 32, 32);
    private int classes;
    private long seed;
    private Initialization initialization = Initialization.HE;
    private TrainingLoss loss = TrainingLoss.CE;
    private boolean inputGradient;
    private boolean portable;
    private boolean mixPoints;

    ImageModelBuilder() {}

    /** Sets the network; small-resnet of width 16 by default. */
    public ImageModelBuilder architecture(Architecture value) {
        architecture = value;
        return this;
    }

    /** Sets channels, height and width of the images; 3, 32, 32 by default. */
    public ImageModelBuilder input(int channels, int height, int width) {
        shape = new ImageShape(channels, height, width);
        return this;
    }

    /** Sets the number of classes; must be given. */
    public ImageModelBuilder classes(int value) {
        classes = value;
        return this;
    }

    /** Sets the seed of the initial parameters; 0 by default. */
    public ImageModelBuilder seed(long value) {
        seed = value;
        return this;
    }

    /** Sets how the weights of convolutions are drawn; He's initialisation by default. */
    public ImageModelBuilder initialization(Initialization value) {
        initialization = value;
        return this;
    }

    /** Sets what training minimises; the cross entropy by default. */
    public ImageModelBuilder loss(TrainingLoss value) {
        loss = value;
        return this;
    }

    /** Prepares {@link ImageModel#gradientSaliency()} and SameDiff's {@code calculateGradients(..., "input")}. */
    public ImageModelBuilder withInputGradient() {
        inputGradient = true;
        return this;
    }

    /**
     * Gives the training graph {@link ImageModel#mixPoints()} after its first two stages. Parameters and inference are
     * those of a model without.
     */
    public ImageModelBuilder withMixPoints() {
        mixPoints = true;
        return this;
    }

    /**
     * Builds batch norm from SameDiff's own ops: about three times slower on a CPU, but runs on any backend and in fit.
     */
    public ImageModelBuilder portable() {
        portable = true;
        return this;
    }

    /**
     * Builds the model.
     *
     * @return a model with freshly drawn parameters
     * @throws IllegalArgumentException if classes was not given
     * @throws IllegalStateException if the model is not {@link #portable()} and
     *     {@link org.guidedmixup.bench.model.batchnorm.HostSession#install} was not called
     */
    public ImageModel build() {
        ModelSpec spec =
                new ModelSpec(architecture, shape, classes, seed, initialization, loss, inputGradient, portable);
        return new ImageModel(spec, ModelGraphs.draw(spec, mixPoints));
    }
}

package org.guidedmixup.bench.experiment;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Optional;
import org.guidedmixup.bench.model.CleanPass;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.model.LossGradient;
import org.guidedmixup.saliency.GradientMagnitude;
import org.guidedmixup.saliency.SaliencyDetector;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The saliency of Guided-AP: how strongly the loss of the model in training reacts to every pixel. With a clean loss weight,
 * also the gradient of that loss, for the step on the mixed batch.
 */
final class ModelSaliency implements SaliencyDetector {
    private static final long serialVersionUID = 1L;

    private final transient ImageModel model;
    private final boolean keepsGradient;

    /** Of the last batch, if kept. */
    private transient LossGradient cleanGradient;

    /**
     * Asks a model.
     *
     * @param model built with its input gradient
     * @param keepsGradient whether {@link #takeCleanGradient} has the gradient of the parameters
     */
    ModelSaliency(ImageModel model, boolean keepsGradient) {
        this.model = model;
        this.keepsGradient = keepsGradient;
    }

    @Override
    public INDArray detect(INDArray images, INDArray labels, DataFormat format) {
        takeCleanGradient().ifPresent(LossGradient::close);
        if (keepsGradient) {
            CleanPass pass = model.cleanPass(images, labels);
            cleanGradient = pass.lossGradient();
            return magnitude(pass.inputGradient(), format);
        }
        return magnitude(model.inputGradient(images, labels), format);
    }

    private static INDArray magnitude(INDArray found, DataFormat format) {
        try (INDArray gradient = found) {
            return GradientMagnitude.of(gradient, format);
        }
    }

    /** The gradient of the last batch, now the caller's; empty if there was none since the last call. */
    Optional<LossGradient> takeCleanGradient() {
        Optional<LossGradient> taken = Optional.ofNullable(cleanGradient);
        cleanGradient = null;
        return taken;
    }

    @Override
    public boolean asyncSupported() {
        return false;
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("the saliency of a model in training cannot be stored without the model");
    }
}

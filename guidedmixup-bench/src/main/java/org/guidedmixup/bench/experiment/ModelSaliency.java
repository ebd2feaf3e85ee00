package org.guidedmixup.bench.experiment;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.saliency.GradientMagnitude;
import org.guidedmixup.saliency.SaliencyDetector;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The saliency of Guided-AP: how strongly the loss of the model in training reacts to every pixel. */
final class ModelSaliency implements SaliencyDetector {
    private static final long serialVersionUID = 1L;

    private final transient ImageModel model;

    /**
     * Asks a model.
     *
     * @param model built with its input gradient
     */
    ModelSaliency(ImageModel model) {
        this.model = model;
    }

    @Override
    public INDArray detect(INDArray images, INDArray labels, DataFormat format) {
        try (INDArray gradient = model.inputGradient(images, labels)) {
            return GradientMagnitude.of(gradient, format);
        }
    }

    @Override
    public boolean asyncSupported() {
        return false;
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("the saliency of a model in training cannot be stored without the model");
    }
}

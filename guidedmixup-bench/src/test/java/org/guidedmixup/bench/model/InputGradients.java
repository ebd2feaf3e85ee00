package org.guidedmixup.bench.model;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Gradients with respect to the images as SameDiff itself computes them. */
final class InputGradients {
    private InputGradients() {}

    /** Returns those of the loss averaged over the batch, [N, C, H, W]. */
    static INDArray of(ImageModel model, DataSet batch) {
        return model.trainingGraph()
                .calculateGradients(
                        Map.of(ImageModel.INPUT, batch.getFeatures(), ImageModel.LABEL, batch.getLabels()),
                        ImageModel.INPUT)
                .get(ImageModel.INPUT);
    }
}

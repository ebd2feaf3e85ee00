package org.guidedmixup.dl4j.saliency;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Counts forward passes. */
final class CountingListener extends BaseTrainingListener {
    int forwardPasses;

    @Override
    public void onForwardPass(Model model, List<INDArray> activations) {
        forwardPasses++;
    }

    @Override
    public void onForwardPass(Model model, Map<String, INDArray> activations) {
        forwardPasses++;
    }
}

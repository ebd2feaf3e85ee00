package org.guidedmixup.dl4j.saliency;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An output layer whose backward pass leaves out the gradients of its parameters, the same to the last bit otherwise. */
final class InputGradientOutput extends OutputLayer {
    private static final long serialVersionUID = 1L;

    InputGradientOutput(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        INDArray found = layerConf()
                .getLossFn()
                .computeGradient(
                        getLabels2d(workspaces, ArrayType.BP_WORKING_MEM),
                        preOutput2d(true, workspaces),
                        layerConf().getActivationFn(),
                        maskArray);
        INDArray delta = workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, found);
        INDArray weights = getParamWithNoise(DefaultParamInitializer.WEIGHT_KEY, true, workspaces);
        INDArray next = workspaces.createUninitialized(
                ArrayType.ACTIVATION_GRAD, delta.dataType(), new long[] {weights.size(0), delta.size(0)}, 'f');
        next = weights.mmuli(delta.transpose(), next).transpose();
        weightNoiseParams.clear();
        return new Pair<>(new DefaultGradient(), backpropDropOutIfPresent(next));
    }
}

package org.guidedmixup.dl4j.saliency;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.custom.LayerNormBp;
import org.nd4j.linalg.factory.Nd4j;

/** A dense layer whose backward pass leaves out the gradients of its parameters, the same to the last bit otherwise. */
final class InputGradientDense extends DenseLayer {
    private static final long serialVersionUID = 1L;

    InputGradientDense(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        Pair<INDArray, INDArray> forward = preOutputWithPreNorm(true, true, workspaces);
        INDArray delta = layerConf()
                .getActivationFn()
                .backprop(forward.getFirst(), epsilon)
                .getFirst();
        if (maskArray != null) {
            applyMask(delta);
        }
        if (hasLayerNorm()) {
            INDArray gain = getParam(DefaultParamInitializer.GAIN_KEY);
            INDArray unused = Nd4j.createUninitialized(gain.dataType(), gain.shape());
            Nd4j.exec(new LayerNormBp(forward.getSecond(), gain, delta, delta, unused, true, 1));
        }
        INDArray weights = getParamWithNoise(DefaultParamInitializer.WEIGHT_KEY, true, workspaces);
        INDArray next = workspaces.createUninitialized(
                ArrayType.ACTIVATION_GRAD, delta.dataType(), new long[] {weights.size(0), delta.size(0)}, 'f');
        next = weights.mmuli(delta.transpose(), next).transpose();
        weightNoiseParams.clear();
        return new Pair<>(new DefaultGradient(), backpropDropOutIfPresent(next));
    }
}

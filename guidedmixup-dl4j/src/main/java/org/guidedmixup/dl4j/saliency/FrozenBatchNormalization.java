package org.guidedmixup.dl4j.saliency;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Batch normalisation with the running statistics, and its gradient: γ (x − μ) / √(σ² + ε) + β for each channel. The backward
 * pass of BatchNormalization differentiates the statistics of the batch as well.
 */
final class FrozenBatchNormalization extends BaseWrapperLayer {
    private static final long serialVersionUID = 1L;

    private final BatchNormalization normalisation;

    FrozenBatchNormalization(BatchNormalization normalisation) {
        super(normalisation);
        this.normalisation = normalisation;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        return underlying.activate(false, workspaces);
    }

    @Override
    public INDArray activate(INDArray input, boolean training, LayerWorkspaceMgr workspaces) {
        return underlying.activate(input, false, workspaces);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        INDArray gradient = epsilon.mul(scale().reshape(channelsOf(epsilon)));
        return new Pair<>(new DefaultGradient(), workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, gradient));
    }

    private org.deeplearning4j.nn.conf.layers.BatchNormalization settings() {
        return (org.deeplearning4j.nn.conf.layers.BatchNormalization)
                normalisation.conf().getLayer();
    }

    /** Returns the shape in which one value per channel is broadcast over an array. */
    private long[] channelsOf(INDArray array) {
        long[] shape = new long[array.rank()];
        Arrays.fill(shape, 1);
        boolean channelsLast = array.rank() == 4 && settings().getCnn2DFormat() == CNN2DFormat.NHWC;
        shape[channelsLast ? 3 : 1] = -1;
        return shape;
    }

    /** Returns γ / √(σ² + ε). */
    private INDArray scale() {
        INDArray inverse =
                Transforms.sqrt(variance().add(settings().getEps()), false).rdivi(1);
        return settings().isLockGammaBeta()
                ? inverse.muli(lockedGamma())
                : inverse.muli(normalisation.getParam(BatchNormalizationParamInitializer.GAMMA));
    }

    private INDArray variance() {
        INDArray variance = normalisation.getParam(BatchNormalizationParamInitializer.GLOBAL_VAR);
        if (variance != null) {
            return variance;
        }
        INDArray logDeviation = normalisation.getParam(BatchNormalizationParamInitializer.GLOBAL_LOG_STD);
        return Transforms.exp(logDeviation.mul(2 * Math.log(10)), false);
    }

    /**
     * Returns the γ of the forward pass: Deeplearning4j leaves out a locked γ if γ is 1 or β is 0, unless a helper runs the
     * pass.
     */
    private double lockedGamma() {
        boolean isUsed = normalisation.getHelper() != null
                || (settings().getGamma() != 1 && settings().getBeta() != 0);
        return isUsed ? settings().getGamma() : 1;
    }
}

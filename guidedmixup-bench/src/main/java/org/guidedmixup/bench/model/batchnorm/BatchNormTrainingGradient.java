package org.guidedmixup.bench.model.batchnorm;

import java.lang.ref.Reference;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;

/**
 * The gradient of {@link BatchNormTraining}, with mean and variance treated as functions of x.
 *
 * <p>Inputs: x [N, C, H, W], gamma, beta, mean, variance [C], gradient with respect to y [N, C, H, W]. Outputs:
 * gradients with respect to x [N, C, H, W], gamma [C] and beta [C]. FLOAT only.
 */
public final class BatchNormTrainingGradient extends HostBatchNormOp {

    static final String NAME = "guidedmixup_batch_norm_training_gradient";

    /** For SameDiff, which copies ops by their no-argument constructor. */
    public BatchNormTrainingGradient() {}

    BatchNormTrainingGradient(SameDiff graph, SDVariable[] inputs, double epsilon, boolean relu) {
        super(graph, inputs, epsilon, relu);
    }

    @Override
    public String opName() {
        return NAME;
    }

    @Override
    public void execute(OpContext context) {
        BatchNormKernel kernel = kernel(context);
        INDArray x = HostArrays.contiguous(context.getInputArray(0));
        INDArray gradientY = HostArrays.contiguous(context.getInputArray(5));
        BatchNormKernel.Moments moments = new BatchNormKernel.Moments(
                HostArrays.floats(context.getInputArray(3)), HostArrays.floats(context.getInputArray(4)));
        try {
            BatchNormKernel.ParameterGradient gradient = kernel.backward(
                    HostArrays.memory(x),
                    HostArrays.memory(gradientY),
                    HostArrays.planes(x),
                    moments,
                    HostArrays.memory(context.getOutputArray(0)));
            HostArrays.store(gradient.gamma(), context.getOutputArray(1));
            HostArrays.store(gradient.beta(), context.getOutputArray(2));
        } finally {
            Reference.reachabilityFence(x);
            Reference.reachabilityFence(gradientY);
        }
    }
}

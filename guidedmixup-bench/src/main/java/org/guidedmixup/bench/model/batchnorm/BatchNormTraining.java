package org.guidedmixup.bench.model.batchnorm;

import java.lang.ref.Reference;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;

/**
 * Normalizes every channel by its mean and biased variance over the batch: {@code y = gamma (x - mean) /
 * sqrt(variance + epsilon) + beta}, then optionally ReLU.
 *
 * <p>Inputs: x [N, C, H, W], gamma [C], beta [C]. Outputs: y [N, C, H, W], mean [C], biased variance [C]. FLOAT only.
 * No gradient flows from mean and variance as outputs; the gradient of y with respect to x includes them.
 */
public final class BatchNormTraining extends HostBatchNormOp {

    static final String NAME = "guidedmixup_batch_norm_training";

    /** For SameDiff, which copies ops by their no-argument constructor. */
    public BatchNormTraining() {}

    /**
     * Adds the op to a graph.
     *
     * @param graph   the graph
     * @param x       [N, C, H, W]
     * @param gamma   scale, [C]
     * @param beta    shift, [C]
     * @param epsilon added to the variance
     * @param relu    whether ReLU follows
     */
    public BatchNormTraining(
            SameDiff graph, SDVariable x, SDVariable gamma, SDVariable beta, double epsilon, boolean relu) {
        super(graph, new SDVariable[] {x, gamma, beta}, epsilon, relu);
    }

    @Override
    public String opName() {
        return NAME;
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        SDVariable[] outputs = outputVariables();
        SDVariable[] inputs = {arg(0), arg(1), arg(2), outputs[1], outputs[2], gradients.get(0)};
        return List.of(new BatchNormTrainingGradient(sameDiff, inputs, epsilon(), relu()).outputVariables());
    }

    @Override
    public void execute(OpContext context) {
        BatchNormKernel kernel = kernel(context);
        INDArray x = HostArrays.contiguous(context.getInputArray(0));
        try {
            BatchNormKernel.Moments moments = kernel.forward(
                    HostArrays.memory(x), HostArrays.planes(x), HostArrays.memory(context.getOutputArray(0)));
            HostArrays.store(moments.mean(), context.getOutputArray(1));
            HostArrays.store(moments.variance(), context.getOutputArray(2));
        } finally {
            Reference.reachabilityFence(x);
        }
    }
}

package org.guidedmixup.bench.model.batchnorm;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * What the two batch norm ops have in common: the first input is x [N, C, H, W], the outputs are one array shaped as x
 * and two of [C]; one floating point argument (epsilon) and one integer argument (1 if ReLU follows).
 */
abstract class HostBatchNormOp extends DynamicCustomOp implements HostOp {

    HostBatchNormOp() {}

    HostBatchNormOp(SameDiff graph, SDVariable[] inputs, double epsilon, boolean relu) {
        super(null, graph, inputs, false);
        addTArgument(epsilon);
        addIArgument(relu ? 1 : 0);
    }

    double epsilon() {
        return tArguments.get(0);
    }

    boolean relu() {
        return iArguments.get(0) != 0;
    }

    /** Returns the arithmetic, with gamma and beta from the second and third input. */
    BatchNormKernel kernel(OpContext context) {
        float[] gamma = HostArrays.floats(context.getInputArray(1));
        float[] beta = HostArrays.floats(context.getInputArray(2));
        return new BatchNormKernel(gamma, beta, epsilon(), relu());
    }

    /** Returns zero: the backend has no kernel of this name. */
    @Override
    public long opHash() {
        return 0;
    }

    /** Returns none: SameDiff copies the arguments separately, and describes properties only for the backend's ops. */
    @Override
    public Map<String, Object> propertiesForFunction() {
        return Map.of();
    }

    @Override
    public int getNumOutputs() {
        return 3;
    }

    @Override
    public List<DataType> calculateOutputDataTypes(List<DataType> inputs) {
        return Collections.nCopies(3, inputs.get(0));
    }

    @Override
    public List<LongShapeDescriptor> calculateOutputShape(OpContext context) {
        INDArray x = context.getInputArray(0);
        LongShapeDescriptor channels = LongShapeDescriptor.fromShape(new long[] {x.size(1)}, x.dataType());
        return List.of(LongShapeDescriptor.fromShape(x.shape(), x.dataType()), channels, channels);
    }
}

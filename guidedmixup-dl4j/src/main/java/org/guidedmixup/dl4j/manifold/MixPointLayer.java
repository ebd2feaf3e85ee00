package org.guidedmixup.dl4j.manifold;

import java.util.Optional;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A mix point in a network. A plan applies until the backward pass of its training step has come through here, so a network
 * that trains on something else afterwards does not mix it.
 */
final class MixPointLayer extends AbstractLayer<ManifoldMixupLayer> {
    private static final long serialVersionUID = 1L;

    /** The number of this mix point in its network, from 1; 0 until it has one. */
    private transient int point;

    /** The plan of the next training step; null for none, as after deserialisation. */
    private transient ManifoldPlan plan;

    MixPointLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    void mixBy(int number, Optional<ManifoldPlan> next) {
        point = number;
        plan = next.orElse(null);
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public void clearNoiseWeightParams() {
        // No parameters.
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        return training && isMixed()
                ? inWorkspace(() -> plan.mixHidden(point, input), ArrayType.ACTIVATIONS, workspaces)
                : workspaces.leverageTo(ArrayType.ACTIVATIONS, input);
    }

    private boolean isMixed() {
        return plan != null && plan.point() == point;
    }

    /** Mixes outside workspaces, because ND4J would allocate intermediate results in them, and copies the result into one. */
    private static INDArray inWorkspace(Supplier<INDArray> mix, ArrayType type, LayerWorkspaceMgr workspaces) {
        try (MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
                INDArray mixed = mix.get()) {
            return workspaces.dup(type, mixed);
        }
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        INDArray gradient = isMixed()
                ? inWorkspace(() -> plan.hiddenGradient(point, epsilon), ArrayType.ACTIVATION_GRAD, workspaces)
                : workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, epsilon);
        plan = null;
        return new Pair<>(new DefaultGradient(), gradient);
    }
}

package org.guidedmixup.dl4j.saliency;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.impl.InputVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An input vertex that copies the gradient it receives in backpropagation. ComputationGraph passes that gradient to nobody, and
 * closes the workspace it lives in.
 */
@SuppressWarnings("overrides") // a method of BaseGraphVertex, varargs in its interface only
final class CapturingInput extends InputVertex {
    private static final long serialVersionUID = 1L;

    /** ∂loss/∂input of the last backward pass; null before it, and once taken. */
    private transient INDArray gradient;

    CapturingInput(ComputationGraph graph, GraphVertex replaced, DataType type) {
        super(graph, replaced.getVertexName(), replaced.getVertexIndex(), replaced.getOutputVertices(), type);
    }

    /** Copies the gradient. Called once for each vertex that reads this input, with the sum so far. */
    @Override
    public void setEpsilon(INDArray epsilon) {
        super.setEpsilon(epsilon);
        try (MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            gradient = epsilon == null ? null : epsilon.dup();
        }
    }

    INDArray takeGradient() {
        INDArray taken = gradient;
        gradient = null;
        return taken;
    }
}

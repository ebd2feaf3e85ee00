package org.guidedmixup.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The batch normalisations of a network that are not frozen. Until this is closed, each adds what enters it to its statistics.
 *
 * <p>They are recorded as they run, because a later layer may overwrite the same activations: dropout does so behind a branch, and
 * so does a frozen activation. The forward pass need not keep any activations either.
 */
final class RecordedNormalisations implements AutoCloseable {
    private final List<ChannelStatistics> statistics = new ArrayList<>();
    private final List<Runnable> restorations = new ArrayList<>();

    private RecordedNormalisations() {}

    /** Starts to record the layers of a network. */
    static RecordedNormalisations of(Layer... layers) {
        RecordedNormalisations recorded = new RecordedNormalisations();
        for (int i = 0; i < layers.length; i++) {
            int index = i;
            recorded.record("layer " + i, layers[i], layer -> layers[index] = layer);
        }
        return recorded;
    }

    /** Starts to record the layers of a graph. */
    static RecordedNormalisations of(ComputationGraph graph) {
        RecordedNormalisations recorded = new RecordedNormalisations();
        for (var vertex : graph.getVertices()) {
            if (vertex instanceof LayerVertex layerVertex) {
                recorded.record("layer " + vertex.getVertexName(), layerVertex.getLayer(), layerVertex::setLayer);
            }
        }
        return recorded;
    }

    private void record(String name, Layer layer, Consumer<Layer> place) {
        if (layer instanceof BatchNormalization normalisation) {
            ChannelStatistics channels = new ChannelStatistics(name, normalisation);
            statistics.add(channels);
            restorations.add(() -> place.accept(layer));
            place.accept(new Recorder(normalisation, channels));
        } else if (layer instanceof BaseWrapperLayer wrapper
                && !(layer instanceof FrozenLayer)
                && !(layer instanceof FrozenLayerWithBackprop)) {
            record(name, wrapper.getUnderlying(), wrapper::setUnderlying);
        }
    }

    /** Returns the statistics, in the order of the layers. */
    List<ChannelStatistics> statistics() {
        return statistics;
    }

    /** Puts the layers back. */
    @Override
    public void close() {
        restorations.forEach(Runnable::run);
    }

    /** Stands in for a batch normalisation. */
    private static final class Recorder extends BaseWrapperLayer {
        private static final long serialVersionUID = 1L;

        private final transient ChannelStatistics channels;
        private final transient Thread thread = Thread.currentThread();

        Recorder(BatchNormalization layer, ChannelStatistics channels) {
            super(layer);
            this.channels = channels;
        }

        @Override
        public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
            add(underlying.input(), training);
            return underlying.activate(training, workspaces);
        }

        @Override
        public INDArray activate(INDArray input, boolean training, LayerWorkspaceMgr workspaces) {
            add(input, training);
            return underlying.activate(input, training, workspaces);
        }

        /** Leaves out what other threads classify between two batches. */
        private void add(INDArray input, boolean training) {
            if (training && Thread.currentThread() == thread) {
                try (MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
                    channels.add(input);
                }
            }
        }
    }
}

package org.guidedmixup.dl4j.manifold;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A mix point: a layer where {@link ManifoldMixup} may mix the activations of a MultiLayerNetwork or ComputationGraph. It takes
 * activations of any rank and has no parameters. It passes everything on unchanged, except in training steps for which the
 * network's mixer chose it.
 *
 * <pre>{@code
 * .layer(new ConvolutionLayer.Builder(3, 3)…)
 * .layer(new ManifoldMixupLayer())
 * }</pre>
 */
public final class ManifoldMixupLayer extends NoParamLayer {
    private static final long serialVersionUID = 1L;

    /** Makes a mix point. */
    public ManifoldMixupLayer() {
        // Nothing to set.
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> trainingListeners,
            int layerIndex,
            INDArray layerParamsView,
            boolean initializeParams,
            DataType networkDataType) {
        MixPointLayer layer = new MixPointLayer(conf, networkDataType);
        layer.setListeners(trainingListeners);
        layer.setIndex(layerIndex);
        layer.setParamsViewArray(layerParamsView);
        Map<String, INDArray> none = initializer().init(conf, layerParamsView, initializeParams);
        layer.setParamTable(none);
        layer.setConf(conf);
        return layer;
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return inputType;
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        // There are no parameters that would depend on it.
    }

    @Override
    public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return null;
    }

    @Override
    public boolean isPretrainParam(String paramName) {
        return false;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        long activations = inputType.arrayElementsPerExample();
        return new LayerMemoryReport.Builder(getLayerName(), ManifoldMixupLayer.class, inputType, inputType)
                .standardMemory(0, 0)
                .workingMemory(0, 0, 0, activations)
                .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
                .build();
    }

    @Override
    public ManifoldMixupLayer clone() {
        return (ManifoldMixupLayer) super.clone();
    }
}

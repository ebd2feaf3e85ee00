package org.guidedmixup.bench.model;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.guidedmixup.bench.model.batchnorm.HostSession;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.array.SingleThreadArrayHolder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The graphs of a model and the arrays they share.
 *
 * @param training          loss and logits with batch statistics
 * @param inference         logits with running statistics
 * @param parameters        live parameters by name
 * @param runningStatistics live running statistics by layer
 * @param batchNormLayers   where the training graph has its batch moments
 */
record ModelGraphs(
        SameDiff training,
        SameDiff inference,
        Map<String, INDArray> parameters,
        Map<String, RunningStatistics> runningStatistics,
        List<BatchNormLayer> batchNormLayers) {

    /**
     * Builds the graphs.
     *
     * @param spec      the model
     * @param mixPoints whether the training graph has mix points
     */
    static ModelGraphs draw(ModelSpec spec, boolean mixPoints) {
        if (!spec.portable() && !HostSession.isInstalled()) {
            throw new IllegalStateException(
                    "SameDiff does not know the host ops of this model: call HostSession.install() "
                            + "before, or build it portable()");
        }
        ParameterSource source = new ParameterSource(spec.seed(), spec.initialization());
        SameDiff training = graph();
        BatchNormMode mode = spec.portable() ? BatchNormMode.PORTABLE : BatchNormMode.HOST;
        Layers layers = new Layers(training, mode, source, mixPoints);
        SDVariable logits = logits(layers, spec);
        SDVariable label = training.placeHolder(ImageModel.LABEL, DataType.FLOAT, -1, spec.classes());
        spec.loss().add(training, label, logits, spec.classes());
        training.setLossVariables(ImageModel.LOSS);
        createGradient(training, spec);
        SameDiff inference = graph();
        logits(new Layers(inference, BatchNormMode.INFERENCE, source), spec);
        return new ModelGraphs(
                training, inference, source.parameters(), source.runningStatistics(), layers.batchNormLayers());
    }

    /**
     * Returns an empty graph that keeps the arrays themselves that it is given; by default it keeps copies, one per
     * thread.
     */
    private static SameDiff graph() {
        SameDiff graph = SameDiff.create();
        graph.setArrayHolders(new SingleThreadArrayHolder(), new SingleThreadArrayHolder(), false);
        return graph;
    }

    private static SDVariable logits(Layers layers, ModelSpec spec) {
        ImageShape shape = spec.shape();
        SDVariable images = layers.graph().placeHolder(ImageModel.INPUT, DataType.FLOAT, -1, shape.channels(), -1, -1);
        FeatureMaps maps = new FeatureMaps(images, shape.channels(), shape.height(), shape.width());
        return spec.architecture().logits(layers, maps, spec.classes());
    }

    /**
     * Creates the gradient now: a later request for the gradient with respect to the images would be ignored after the
     * first use. Meanwhile SameDiff prints one line per op on standard output.
     */
    private static void createGradient(SameDiff training, ModelSpec spec) {
        PrintStream console = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            if (spec.inputGradient()) {
                training.createGradFunction(ImageModel.INPUT);
            } else {
                training.createGradFunction();
            }
        } finally {
            System.setOut(console);
        }
    }

    /** Returns the variable of the feature maps whose means the class scores are computed from. */
    String lastFeatures() {
        String means = training.getVariableOutputOp(ImageModel.LOGITS).arg(0).name();
        return training.getVariableOutputOp(means).arg(0).name();
    }

    /** Returns the graph of loss and gradients. */
    SameDiff gradient() {
        return training.getFunction("grad");
    }

    /** Returns the variable that holds the gradient with respect to another. */
    String gradientName(String variable) {
        return training.getVariable(variable).gradient().name();
    }
}

package org.guidedmixup.bench.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.guidedmixup.bench.model.batchnorm.HostSession;
import org.guidedmixup.dl4j.manifold.MixPoints;
import org.guidedmixup.dl4j.saliency.ClassActivationMap;
import org.guidedmixup.dl4j.saliency.GradientSaliency;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An image classifier: a training graph with its gradient, an inference graph, and the parameters both share.
 *
 * <p>Both graphs have the placeholder {@value #INPUT} [N, C, H, W] and the variable {@value #LOGITS} [N, K]; the
 * training graph also {@value #LABEL} [N, K], rows of class probabilities, and {@value #LOSS}, the
 * {@link TrainingLoss}. Built by {@link #builder()}. For one thread at a time.
 */
public final class ImageModel {

    /** Placeholder of the images, [N, C, H, W]. */
    public static final String INPUT = "input";
    /** Placeholder of the labels, [N, K]. */
    public static final String LABEL = "label";
    /** Class scores before the softmax, [N, K]. */
    public static final String LOGITS = "logits";
    /** The weights by which the means of the last feature maps are multiplied for the class scores, [C, K]. */
    public static final String LOGIT_WEIGHTS = LOGITS + ".weight";
    /** The scalar that training minimises. */
    public static final String LOSS = "loss";

    private final ModelSpec spec;
    private final ModelGraphs graphs;
    private final MixPoints mixPoints;
    private final HostSession gradientSession;
    private final HostSession inferenceSession;
    private final List<String> stepOutputs = new ArrayList<>();

    ImageModel(ModelSpec spec, ModelGraphs graphs) {
        this.spec = spec;
        this.graphs = graphs;
        mixPoints = MixPoints.of(graphs.gradient());
        gradientSession = new HostSession(graphs.gradient());
        inferenceSession = new HostSession(graphs.inference());
        stepOutputs.add(LOSS);
        graphs.parameters().keySet().forEach(name -> stepOutputs.add(graphs.gradientName(name)));
        graphs.batchNormLayers().forEach(layer -> stepOutputs.addAll(List.of(layer.mean(), layer.variance())));
    }

    /**
     * Creates a builder.
     *
     * @return a builder with defaults: small-resnet of width 16, 3 x 32 x 32 images, seed 0
     */
    public static ImageModelBuilder builder() {
        return new ImageModelBuilder();
    }

    /** Returns what the model was built from. */
    public ModelSpec spec() {
        return spec;
    }

    /** Returns the graph with the loss, for SameDiff's own methods: gradients go to its "grad" function. */
    public SameDiff trainingGraph() {
        return graphs.training();
    }

    /** Returns the graph with running statistics. */
    public SameDiff inferenceGraph() {
        return graphs.inference();
    }

    /**
     * Returns where Manifold Mixup can make {@link #lossGradient} mix activations; none unless the model was built
     * {@link ImageModelBuilder#withMixPoints()}.
     */
    public MixPoints mixPoints() {
        return mixPoints;
    }

    /** Returns the variable of {@link #trainingGraph()} with the feature maps that are pooled, [N, C, h, w]. */
    public String lastFeatures() {
        return graphs.lastFeatures();
    }

    /** Returns the live parameters by name, in the order of the layers: writing to an array changes the model. */
    public Map<String, INDArray> parameters() {
        return graphs.parameters();
    }

    /** Returns the live running statistics by layer name: writing to an array changes the model. */
    public Map<String, RunningStatistics> runningStatistics() {
        return graphs.runningStatistics();
    }

    /** Returns the number of trained values. */
    public long parameterCount() {
        return parameters().values().stream().mapToLong(INDArray::length).sum();
    }

    /**
     * Computes class scores with running statistics.
     *
     * @param images [N, C, H, W], N at least 1, not modified
     * @return logits [N, K], the caller's to close
     */
    public INDArray logits(INDArray images) {
        requireImages(images);
        return inferenceSession.compute(List.of(LOGITS), Map.of(INPUT, images)).get(LOGITS);
    }

    /**
     * Computes loss and gradient of a batch, with batch statistics. Changes neither parameters nor running statistics.
     *
     * @param images [N, C, H, W], not modified
     * @param labels [N, K], not modified
     * @return loss, gradients and batch moments, the caller's to close
     */
    public LossGradient lossGradient(INDArray images, INDArray labels) {
        requireBatch(images, labels);
        Map<String, INDArray> values = gradientSession.compute(stepOutputs, Map.of(INPUT, images, LABEL, labels));
        Map<String, BatchMoments> moments = moments(values, images.size(0));
        INDArray loss = values.get(LOSS);
        double mean = loss.getDouble(0);
        loss.close();
        return new LossGradient(mean, byParameter(values), moments);
    }

    /**
     * Frees the activations and gradients that are kept for the next batch, in training and inference. Worth it where
     * another kind of batch follows: large images take gigabytes for each kind.
     */
    public void releaseMemory() {
        gradientSession.releaseMemory();
        inferenceSession.releaseMemory();
    }

    /**
     * Returns Guided-AP's saliency: how strongly the loss of this model, in its state at that moment, reacts to every
     * pixel.
     *
     * @return the library's detector, for images of any height and width that the architecture can reduce
     * @throws IllegalStateException if the model was built without {@link ImageModelBuilder#withInputGradient()}
     */
    public GradientSaliency gradientSaliency() {
        requireInputGradient();
        return GradientSaliency.of(trainingGraph(), INPUT, LABEL);
    }

    /**
     * Returns the same, with the gradients of the parameters from the same pass.
     *
     * @param gradients called for every batch with the gradient of the loss by parameter name; the arrays must not be
     *     kept
     * @return the library's detector
     * @throws IllegalStateException as in {@link #gradientSaliency()}
     */
    public GradientSaliency gradientSaliency(Consumer<Map<String, INDArray>> gradients) {
        requireInputGradient();
        return GradientSaliency.of(trainingGraph(), INPUT, LABEL, found -> gradients.accept(byParameter(found)));
    }

    private void requireInputGradient() {
        if (!spec.inputGradient()) {
            throw new IllegalStateException(
                    "build the model withInputGradient() to use the gradient with respect to the images");
        }
    }

    /**
     * Returns SnapMix's saliency: where this model, in its state at that moment, sees the class of an image.
     *
     * @return the library's detector
     */
    public ClassActivationMap classActivationMap() {
        return ClassActivationMap.of(trainingGraph(), INPUT, graphs.lastFeatures(), LOGIT_WEIGHTS);
    }

    /**
     * Computes what every batch norm layer measures on a batch in training. Changes nothing.
     *
     * @param images [N, C, H, W], not modified
     * @return moments by layer name, the caller's to close
     */
    public Map<String, BatchMoments> batchMoments(INDArray images) {
        requireImages(images);
        List<String> outputs = graphs.batchNormLayers().stream()
                .flatMap(layer -> Stream.of(layer.mean(), layer.variance()))
                .toList();
        return moments(gradientSession.compute(outputs, Map.of(INPUT, images)), images.size(0));
    }

    private Map<String, BatchMoments> moments(Map<String, INDArray> values, long batch) {
        Map<String, BatchMoments> moments = new LinkedHashMap<>();
        graphs.batchNormLayers().forEach(layer -> moments.put(layer.name(), layer.moments(values, batch)));
        return moments;
    }

    private Map<String, INDArray> byParameter(Map<String, INDArray> byVariable) {
        Map<String, INDArray> gradients = new LinkedHashMap<>();
        parameters().keySet().forEach(name -> gradients.put(name, byVariable.get(graphs.gradientName(name))));
        return gradients;
    }

    private void requireBatch(INDArray images, INDArray labels) {
        requireImages(images);
        requireLabels(images, labels);
    }

    private void requireLabels(INDArray images, INDArray labels) {
        if (labels.rank() != 2 || labels.size(0) != images.size(0) || labels.size(1) != spec.classes()) {
            throw new IllegalArgumentException("labels: expected [" + images.size(0) + ", " + spec.classes() + "], got "
                    + Arrays.toString(labels.shape()));
        }
    }

    private void requireImages(INDArray images) {
        ImageShape shape = spec.shape();
        if (images.rank() != 4
                || images.size(1) != shape.channels()
                || images.size(2) != shape.height()
                || images.size(3) != shape.width()) {
            throw new IllegalArgumentException("images: expected [N, " + shape.channels() + ", " + shape.height() + ", "
                    + shape.width() + "], got " + Arrays.toString(images.shape()));
        }
    }
}

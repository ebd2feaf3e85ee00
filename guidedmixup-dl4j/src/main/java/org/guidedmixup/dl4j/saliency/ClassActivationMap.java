package org.guidedmixup.dl4j.saliency;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.guidedmixup.saliency.ClassActivation;
import org.guidedmixup.saliency.SaliencyDetector;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Saliency from where the network in training sees the class of each image. With it, SnapMix is as published:
 *
 * <pre>{@code
 * BatchMixer mixer = SnapMix.builder().saliency(ClassActivationMap.of(network)).seed(42).build();
 * network.fit(new MixupDataSetIterator(trainData, mixer), epochs);
 * }</pre>
 *
 * <p>The network must end with global average pooling and one linear layer; others are refused. A map is the
 * {@link ClassActivation} of the last feature maps and that layer's weights, for the class of the image; with soft labels, for
 * the class with the largest.
 *
 * <p><b>Mode.</b> One forward pass per batch, in training mode (batch statistics, dropout), with the network's current weights.
 * The code released with SnapMix also runs the network in training mode, which updates the running statistics once more per
 * batch; this detector does not.
 *
 * <p>As with {@link GradientSaliency}, nothing in the network changes, the detector must run on the thread that trains, and it
 * is not serializable. Huang, Wang and Tao 2021.
 */
public final class ClassActivationMap implements SaliencyDetector {
    private static final long serialVersionUID = 1L;

    /** Computes the feature maps. */
    private final transient LastFeatures source;

    private ClassActivationMap(LastFeatures source) {
        this.source = source;
    }

    /**
     * Makes a detector for a MultiLayerNetwork.
     *
     * @param network initialised; ends with a GlobalPoolingLayer of PoolingType.AVG and an OutputLayer, or a DenseLayer and a
     *     LossLayer; dropout and activation layers may come between
     * @return the detector
     * @throws IllegalArgumentException if the network is not initialised, ends otherwise, has a loss over class indices, or has
     *     one whose gradient is right only for label rows that sum to 1: softmax with LossMCXENT or LossNegativeLogLikelihood
     *     without weights, and LossFMeasure. Write {@code new LossMCXENT(Nd4j.ones(1, classes))}.
     */
    public static ClassActivationMap of(MultiLayerNetwork network) {
        return new ClassActivationMap(new MultiLayerFeatures(required("network", network)));
    }

    /**
     * Makes a detector for a ComputationGraph with one input and one output.
     *
     * @param graph initialised; ends as {@link #of(MultiLayerNetwork)} says
     * @return the detector
     * @throws IllegalArgumentException as there, or if there are several inputs or outputs
     */
    public static ClassActivationMap of(ComputationGraph graph) {
        return new ClassActivationMap(GraphFeatures.ofOnlyInput(required("graph", graph)));
    }

    /**
     * Makes a detector for a ComputationGraph with any inputs and outputs. Other inputs get their arrays from the batch that is
     * being mixed: use it with MixupMultiDataSetIterator, or open a {@link WholeBatch}.
     *
     * @param graph initialised
     * @param imageInput the network input that takes the images
     * @param labelOutput the network output that the labels belong to; the layers before it are as {@link
     *     #of(MultiLayerNetwork)} says
     * @return the detector
     * @throws IllegalArgumentException as there, or if there is no such input or output
     */
    public static ClassActivationMap of(ComputationGraph graph, String imageInput, String labelOutput) {
        return new ClassActivationMap(new GraphFeatures(required("graph", graph), imageInput, labelOutput));
    }

    /**
     * Makes a detector for a SameDiff graph whose last feature maps depend on no placeholder other than the images.
     *
     * @param graph the graph
     * @param imagePlaceholder takes the images
     * @param logits the class scores [M, K]: linear, or mmul and add, of mean(2, 3) of feature maps [M, C, h, w], or of
     *     mean(1, 2) of maps [M, h, w, C]; reshape, squeeze and dropout may come between. The softmax of the scores is accepted
     *     too.
     * @return the detector
     * @throws IllegalArgumentException if there are no such variables, or the scores are computed otherwise
     */
    public static ClassActivationMap of(SameDiff graph, String imagePlaceholder, String logits) {
        SameDiffHead head = SameDiffHead.of(required("graph", graph), logits);
        return new ClassActivationMap(new SameDiffFeatures(graph, imagePlaceholder, head));
    }

    /**
     * Makes a detector for a SameDiff graph that expresses the pooling and the scores in another way.
     *
     * @param graph the graph
     * @param imagePlaceholder takes the images
     * @param featureMaps the last feature maps, [M, C, h, w], or [M, h, w, C] if images are NHWC
     * @param weights the variable [C, K] that the means of the feature maps are multiplied with
     * @return the detector
     * @throws IllegalArgumentException if there are no such variables
     */
    public static ClassActivationMap of(SameDiff graph, String imagePlaceholder, String featureMaps, String weights) {
        SameDiffHead head = new SameDiffHead(featureMaps, weights, Optional.empty());
        return new ClassActivationMap(new SameDiffFeatures(required("graph", graph), imagePlaceholder, head));
    }

    /**
     * Computes the map of each image's class.
     *
     * @param images [M, C, H, W], or [M, H, W, C] if that is what the network takes; any numeric type. Not modified.
     * @param labels [M, K], for the network's K classes. Not modified.
     * @param format where the channels of the images are
     * @return [M, H, W], FLOAT, as {@link ClassActivation#of} returns them
     * @throws IllegalArgumentException if the network has another number of classes or is known to expect the channels
     *     elsewhere, or if a label row names no class
     * @throws IllegalStateException if another thread is training the network, or the network has further inputs and no
     *     {@link WholeBatch} is open
     */
    @Override
    public INDArray detect(INDArray images, INDArray labels, DataFormat format) {
        TrainingThread.requireNoOther(source.network());
        NetworkInput input = source.input();
        input.requireFormat(format);
        int height = (int) images.size(format == DataFormat.NCHW ? 2 : 1);
        int width = (int) images.size(format == DataFormat.NCHW ? 3 : 2);
        synchronized (source) {
            try (MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
                    RandomState random = RandomState.save()) {
                return source.map(
                        input.feed(images),
                        format,
                        (features, weights) -> ClassActivation.of(features, weights, labels, height, width));
            }
        }
    }

    /** Returns false: the maps depend on weights that the next step changes. */
    @Override
    public boolean asyncSupported() {
        return false;
    }

    private static <T> T required(String name, T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + ": expected a network, got null");
        }
        return value;
    }

    /**
     * Refuses serialization.
     *
     * @param out not written to
     * @throws NotSerializableException always
     */
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(
                "ClassActivationMap belongs to a network in this process: serialize the network, "
                        + "and rebuild the detector and its mixer with ClassActivationMap.of(network)");
    }
}

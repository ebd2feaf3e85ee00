package org.guidedmixup.dl4j.saliency;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.guidedmixup.saliency.GradientMagnitude;
import org.guidedmixup.saliency.SaliencyDetector;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Saliency from the network in training: where a change of a pixel would change the loss most. With it, GuidedMixup is
 * Guided-AP:
 *
 * <pre>{@code
 * BatchMixer mixer = GuidedMixup.builder().saliency(GradientSaliency.of(network)).mixProbability(0.8).seed(42).build();
 * network.fit(new MixupDataSetIterator(trainData, mixer), epochs);
 * }</pre>
 *
 * <p>One forward and one backward pass a batch, in training mode (batch statistics, dropout), with the weights that the
 * network has at that moment; then {@link GradientMagnitude}. The loss is the network's own, summed or averaged as it is
 * there: its scale does not matter to GuidedMixup. Kang and Kim 2023; Simonyan, Vedaldi and Zisserman 2013.
 *
 * <p><b>The network does not change.</b> MultiLayerNetwork and ComputationGraph are run in a second network that shares
 * the parameters and nothing else, SameDiff in a session of its own: parameters, updater state, running statistics,
 * score, gradients, inputs, labels, masks and listeners stay as they are, and no listener is called. ND4J's random
 * generator of the calling thread is put back, so the training step after it draws the dropout masks that it would have
 * drawn without. The second network copies the configuration when the detector is made: make a new detector after changing
 * layers or dropout.
 *
 * <p><b>Frozen layers</b> pass the gradient on and run in inference mode, as they do in training: after TransferLearning, with
 * FrozenLayer or FrozenLayerWithBackprop.
 *
 * <p><b>Threads.</b> It must run on the thread that trains, between two steps: {@link #asyncSupported()} is false,
 * MixupDataSetIterator then is not read ahead, and MixupPreProcessor refuses it. While another thread is inside
 * {@code fit} of the network, {@link #detect} throws; it never waits for the network.
 *
 * <p>Not serializable: it belongs to a network in this process.
 */
public final class GradientSaliency implements SaliencyDetector {
    private static final long serialVersionUID = 1L;

    /** How the gradient is found. */
    private final transient InputGradient gradient;

    private GradientSaliency(InputGradient gradient) {
        this.gradient = gradient;
    }

    /**
     * Saliency of a MultiLayerNetwork.
     *
     * @param network initialised, with an output layer that takes one-hot or soft labels [M, K]
     * @return the detector
     * @throws IllegalArgumentException if the network is not initialised, has a loss over class indices or no output layer, or
     *     is trained by truncated backpropagation through time
     */
    public static GradientSaliency of(MultiLayerNetwork network) {
        return new GradientSaliency(new MultiLayerGradient(required("network", network)));
    }

    /**
     * Saliency of a ComputationGraph with one input and one output.
     *
     * @param graph initialised, with an output layer that takes one-hot or soft labels [M, K]
     * @return the detector
     * @throws IllegalArgumentException as in {@link #of(MultiLayerNetwork)}, or if there are several inputs or outputs
     */
    public static GradientSaliency of(ComputationGraph graph) {
        return new GradientSaliency(GraphGradient.ofOnlyInput(required("graph", graph)));
    }

    /**
     * Saliency of a ComputationGraph with any inputs and outputs.
     *
     * <p>Where there are others than the two named, their arrays are those of the batch that is being mixed: use it with
     * MixupMultiDataSetIterator, or open a {@link WholeBatch}. The loss is the sum over all outputs, as in training.
     *
     * @param graph initialised
     * @param imageInput the network input that takes the images
     * @param labelOutput the network output that the labels belong to
     * @return the detector
     * @throws IllegalArgumentException as in {@link #of(MultiLayerNetwork)}, or if there is no such input or output
     */
    public static GradientSaliency of(ComputationGraph graph, String imageInput, String labelOutput) {
        return new GradientSaliency(new GraphGradient(required("graph", graph), imageInput, labelOutput));
    }

    /**
     * Saliency of a SameDiff graph. Creates its gradient function where there is none, as before the first training or after
     * variables were frozen, or creates it anew where it leaves out the images; ND4J prints a line for every operation when it
     * does.
     *
     * <p>Placeholders that the training configuration maps to other features or labels get the arrays of the batch that is
     * being mixed: use it with MixupMultiDataSetIterator or a listener of {@code org.guidedmixup.dl4j.samediff}, or open a
     * {@link WholeBatch}.
     *
     * <p>On a CPU the gradients of convolution weights, a third of the work of a training step, are left out of the pass.
     *
     * <p>Memory: all activations and gradients of one batch are kept from call to call, beside those that {@code fit} keeps.
     *
     * @param graph with loss variables, set on it or in its training configuration
     * @param imagePlaceholder takes the images
     * @param labelPlaceholder takes one-hot or soft labels [M, K]
     * @return the detector
     * @throws IllegalArgumentException if there are no such placeholders, or they are not of a floating-point type
     * @throws IllegalStateException if there is no loss, or none that depends on the images
     */
    public static GradientSaliency of(SameDiff graph, String imagePlaceholder, String labelPlaceholder) {
        return new GradientSaliency(new SameDiffGradient(required("graph", graph), imagePlaceholder, labelPlaceholder));
    }

    /**
     * Saliency of a SameDiff graph, and the gradients of its parameters from the same pass: for training on the batch as it
     * is as well as mixed.
     *
     * @param graph as in {@link #of(SameDiff, String, String)}
     * @param imagePlaceholder takes the images
     * @param labelPlaceholder takes one-hot or soft labels [M, K]
     * @param parameterGradients called by every {@link #detect}, before it returns, with the gradient of the loss by every
     *     trained parameter, by the name of the gradient variable ({@code graph.getVariable(name).gradient().name()}). The
     *     arrays are used again by the next call: copy what is to be kept.
     * @return the detector
     * @throws IllegalArgumentException as in {@link #of(SameDiff, String, String)}
     * @throws IllegalStateException as there
     */
    public static GradientSaliency of(
            SameDiff graph,
            String imagePlaceholder,
            String labelPlaceholder,
            Consumer<Map<String, INDArray>> parameterGradients) {
        return new GradientSaliency(
                new SameDiffGradient(required("graph", graph), imagePlaceholder, labelPlaceholder, parameterGradients));
    }

    /**
     * Computes saliency maps.
     *
     * @param images [M, C, H, W], or [M, H, W, C] if the network takes them so; any numeric type. Not modified.
     * @param labels [M, K], or dense labels, as the loss takes them. Not modified.
     * @param format where the channels of the images stand
     * @return [M, H, W], FLOAT, not negative, outside any workspace; not finite where the gradient is not
     * @throws IllegalArgumentException if the network is known to take the channels elsewhere
     * @throws IllegalStateException if another thread is training the network, or the network has further inputs or outputs
     *     and no {@link WholeBatch} is open
     */
    @Override
    public INDArray detect(INDArray images, INDArray labels, DataFormat format) {
        TrainingThread.requireNoOther(gradient.network());
        NetworkInput input = gradient.input();
        input.requireFormat(format);
        synchronized (gradient) {
            try (MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
                    RandomState random = RandomState.save()) {
                return gradient.map(
                        input.feed(images), labels, found -> GradientMagnitude.of(likeImages(found, images), format));
            }
        }
    }

    /** Networks for flattened images give a flat gradient. */
    private static INDArray likeImages(INDArray found, INDArray images) {
        if (found.length() != images.length()) {
            throw new IllegalStateException("gradient " + Arrays.toString(found.shape()) + " of images "
                    + Arrays.toString(images.shape()) + ": expected one value for every pixel and channel");
        }
        return found.rank() == 4 ? found : found.reshape('c', images.shape());
    }

    /** Returns false: saliency is that of the weights a step is about to change. */
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
     * Refuses.
     *
     * @param out not written to
     * @throws NotSerializableException always
     */
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(
                "GradientSaliency belongs to a network in this process: serialize the network, "
                        + "and make the detector and its mixer again with GradientSaliency.of(network)");
    }
}

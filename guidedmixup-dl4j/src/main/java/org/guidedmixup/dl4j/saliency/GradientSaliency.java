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
 * <p>One forward and one backward pass per batch, in training mode (batch statistics, dropout), with the network's current
 * weights; then {@link GradientMagnitude}. The loss is the network's own, summed or averaged as the network does: its scale
 * does not matter to GuidedMixup. Kang and Kim 2023; Simonyan, Vedaldi and Zisserman 2013.
 *
 * <p><b>The network does not change.</b> MultiLayerNetwork and ComputationGraph are run in a second network that shares the
 * parameters and nothing else, SameDiff in a session of its own: parameters, updater state, running statistics, score,
 * gradients, inputs, labels, masks and listeners stay as they are, and no listener is called. The state of the calling thread's
 * ND4J random generator is restored, so the next training step draws the dropout masks that it would have drawn anyway. The
 * second network copies the configuration when the detector is made: make a new detector after changing layers or dropout.
 *
 * <p><b>Frozen layers</b> pass the gradient on and run in inference mode, as they do in training. This holds for FrozenLayer
 * and FrozenLayerWithBackprop, and after TransferLearning.
 *
 * <p><b>Threads.</b> It must run on the thread that trains, between two steps: {@link #asyncSupported()} is false, so
 * MixupDataSetIterator is not read ahead and MixupPreProcessor refuses it. While another thread is inside {@code fit} of the
 * network, {@link #detect} throws; it never waits for the network.
 *
 * <p>Not serializable: it belongs to a network in this process.
 */
public final class GradientSaliency implements SaliencyDetector {
    private static final long serialVersionUID = 1L;

    /** Computes the gradient. */
    private final transient InputGradient gradient;

    private GradientSaliency(InputGradient gradient) {
        this.gradient = gradient;
    }

    /**
     * Makes a detector for a MultiLayerNetwork.
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
     * Makes a detector for a ComputationGraph with one input and one output.
     *
     * @param graph initialised, with an output layer that takes one-hot or soft labels [M, K]
     * @return the detector
     * @throws IllegalArgumentException as in {@link #of(MultiLayerNetwork)}, or if there are several inputs or outputs
     */
    public static GradientSaliency of(ComputationGraph graph) {
        return new GradientSaliency(GraphGradient.ofOnlyInput(required("graph", graph)));
    }

    /**
     * Makes a detector for a ComputationGraph with any inputs and outputs.
     *
     * <p>Inputs and outputs other than the two named get their arrays from the batch that is being mixed: use it with
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
     * Makes a detector for a SameDiff graph. Creates the graph's gradient function if there is none, as before the first
     * training or after variables were frozen, or if it leaves out the images; ND4J then prints a line for every operation.
     *
     * <p>Placeholders that the training configuration maps to other features or labels get the arrays of the batch that is
     * being mixed: use it with MixupMultiDataSetIterator or a listener of {@code org.guidedmixup.dl4j.samediff}, or open a
     * {@link WholeBatch}.
     *
     * <p>On a CPU the pass leaves out the gradients of convolution weights, a third of the work of a training step.
     *
     * <p>Memory: all activations and gradients of one batch are kept from call to call, in addition to those that {@code fit}
     * keeps.
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
     * Makes a detector for a SameDiff graph that also supplies the gradients of the graph's parameters from the same pass, for
     * training on the unmixed batch as well as the mixed one.
     *
     * @param graph as in {@link #of(SameDiff, String, String)}
     * @param imagePlaceholder takes the images
     * @param labelPlaceholder takes one-hot or soft labels [M, K]
     * @param parameterGradients called by every {@link #detect}, before it returns, with the gradient of the loss with respect
     *     to every trained parameter, by the name of the gradient variable ({@code graph.getVariable(name).gradient().name()}).
     *     The next call reuses the arrays: copy what you keep.
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
     * @param images [M, C, H, W], or [M, H, W, C] if that is what the network takes; any numeric type. Not modified.
     * @param labels [M, K], or dense labels, as the loss takes them. Not modified.
     * @param format where the channels of the images are
     * @return [M, H, W], FLOAT, not negative, outside any workspace; not finite where the gradient is not,
     *     and NaN if weights are not finite and leave no gradient at all
     * @throws IllegalArgumentException if the network is known to expect the channels elsewhere
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
                INDArray saliency = gradient.map(
                        input.feed(images), labels, found -> GradientMagnitude.of(likeImages(found, images), format));
                return isCutOff(saliency) ? saliency.assign(Double.NaN) : saliency;
            }
        }
    }

    /**
     * Returns whether there is no gradient because the network has diverged: in Deeplearning4j the derivative of ReLU at NaN is 0,
     * so NaN in the layers above leaves the images with a gradient of 0.
     */
    private boolean isCutOff(INDArray saliency) {
        return saliency.maxNumber().doubleValue() == 0 && !gradient.hasFiniteWeights();
    }

    /** Returns the gradient in the shape of the images; networks for flattened images give a flat one. */
    private static INDArray likeImages(INDArray found, INDArray images) {
        if (found.length() != images.length()) {
            throw new IllegalStateException("gradient " + Arrays.toString(found.shape()) + " of images "
                    + Arrays.toString(images.shape()) + ": expected one value per pixel and channel");
        }
        return found.rank() == 4 ? found : found.reshape('c', images.shape());
    }

    /** Returns false: saliency depends on weights that the next step changes. */
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
                "GradientSaliency belongs to a network in this process: serialize the network, "
                        + "and rebuild the detector and its mixer with GradientSaliency.of(network)");
    }
}

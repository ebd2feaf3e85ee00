package org.guidedmixup.bench.model;

import java.util.ArrayList;
import java.util.List;
import org.guidedmixup.bench.model.batchnorm.BatchNormTraining;
import org.guidedmixup.dl4j.manifold.MixPoints;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/**
 * The layers architectures are made of, added to a SameDiff graph.
 *
 * <p>Names given to layers become the names of their parameters ({@code stem.weight}, {@code norm.gamma}) and must be
 * unique in a graph. The same calls on a training and on an inference graph give the same parameters.
 */
public final class Layers {

    /** Added to variances before the root. */
    public static final double EPSILON = 1e-5;

    /** Manifold Mixup draws from the input and this many stages (Verma et al. 2019). */
    private static final int MIXED_STAGES = 2;

    private final SameDiff graph;
    private final BatchNormMode batchNormMode;
    private final ParameterSource parameters;
    private final boolean mixPoints;
    private final List<BatchNormLayer> batchNormLayers = new ArrayList<>();

    Layers(SameDiff graph, BatchNormMode batchNormMode, ParameterSource parameters) {
        this(graph, batchNormMode, parameters, false);
    }

    Layers(SameDiff graph, BatchNormMode batchNormMode, ParameterSource parameters, boolean mixPoints) {
        this.graph = graph;
        this.batchNormMode = batchNormMode;
        this.parameters = parameters;
        this.mixPoints = mixPoints;
    }

    /** Returns the batch norm layers that measure batches; none in an inference graph. */
    List<BatchNormLayer> batchNormLayers() {
        return batchNormLayers;
    }

    /** Returns the graph the layers are in, for ops that are not here. */
    public SameDiff graph() {
        return graph;
    }

    /**
     * Marks a stage as complete: Manifold Mixup may mix after the first two.
     *
     * @param stage from 1
     * @param x     the stage's output
     * @return the next stage's input
     */
    public FeatureMaps endOfStage(int stage, FeatureMaps x) {
        return mixPoints && stage <= MIXED_STAGES ? x.with(MixPoints.after(x.variable())) : x;
    }

    /**
     * Adds a convolution with a square kernel, zero padding of half a kernel and no bias.
     *
     * @param name    layer name
     * @param x       input
     * @param outputs output channels
     * @param kernel  odd kernel size
     * @param stride  step of the kernel
     * @return outputs maps of ceil(H / stride) x ceil(W / stride)
     */
    public FeatureMaps convolution(String name, FeatureMaps x, int outputs, int kernel, int stride) {
        INDArray initial = parameters.convolution(
                name + ".weight", kernel * kernel * x.channels(), kernel, kernel, x.channels(), outputs);
        Conv2DConfig config = Conv2DConfig.builder()
                .kH(kernel)
                .kW(kernel)
                .sH(stride)
                .sW(stride)
                .pH(kernel / 2)
                .pW(kernel / 2)
                .dataFormat("NCHW")
                .weightsFormat(WeightsFormat.YXIO)
                .build();
        SDVariable y = graph.cnn().conv2d(name, x.variable(), graph.var(name + ".weight", initial), config);
        return new FeatureMaps(y, outputs, (x.height() - 1) / stride + 1, (x.width() - 1) / stride + 1);
    }

    /**
     * Adds batch normalization.
     *
     * @param name layer name
     * @param x    input
     * @return maps of the same sizes
     */
    public FeatureMaps batchNorm(String name, FeatureMaps x) {
        return batchNorm(name, x, false);
    }

    /**
     * Adds batch normalization, then ReLU.
     *
     * @param name layer name
     * @param x    input
     * @return maps of the same sizes, not below 0
     */
    public FeatureMaps batchNormRelu(String name, FeatureMaps x) {
        return batchNorm(name, x, true);
    }

    private FeatureMaps batchNorm(String name, FeatureMaps x, boolean relu) {
        SDVariable gamma = graph.var(name + ".gamma", parameters.constant(name + ".gamma", 1, x.channels()));
        SDVariable beta = graph.var(name + ".beta", parameters.constant(name + ".beta", 0, x.channels()));
        return x.with(
                switch (batchNormMode) {
                    case HOST -> hostBatchNorm(name, x, gamma, beta, relu);
                    case PORTABLE -> portableBatchNorm(name, x, gamma, beta, relu);
                    case INFERENCE -> inferenceBatchNorm(name, x, gamma, beta, relu);
                });
    }

    private SDVariable hostBatchNorm(String name, FeatureMaps x, SDVariable gamma, SDVariable beta, boolean relu) {
        BatchNormTraining op = new BatchNormTraining(graph, x.variable(), gamma, beta, EPSILON, relu);
        SDVariable[] outputs = op.outputVariables();
        batchNormLayers.add(new BatchNormLayer(name, outputs[1].name(), outputs[2].name(), x.pixels()));
        return outputs[0];
    }

    private SDVariable portableBatchNorm(String name, FeatureMaps x, SDVariable gamma, SDVariable beta, boolean relu) {
        SDVariable mean = x.variable().mean(true, 0, 2, 3);
        SDVariable centred = x.variable().sub(mean);
        SDVariable variance = centred.mul(centred).mean(true, 0, 2, 3);
        batchNormLayers.add(new BatchNormLayer(name, mean.name(), variance.name(), x.pixels()));
        SDVariable inverse = graph.math().rsqrt(variance.add(EPSILON));
        SDVariable scale = inverse.mul(graph.reshape(gamma, 1, x.channels(), 1, 1));
        SDVariable y = centred.mul(scale).add(graph.reshape(beta, 1, x.channels(), 1, 1));
        return relu ? graph.nn().relu(y, 0) : y;
    }

    private SDVariable inferenceBatchNorm(String name, FeatureMaps x, SDVariable gamma, SDVariable beta, boolean relu) {
        SDVariable mean = graph.var(name + ".mean", parameters.runningMean(name, x.channels()));
        SDVariable variance = graph.var(name + ".variance", parameters.runningVariance(name, x.channels()));
        SDVariable y = graph.nn().batchNorm(x.variable(), mean, variance, gamma, beta, EPSILON, 1);
        return relu ? graph.nn().relu(y, 0) : y;
    }

    /**
     * Adds the pre-activation residual block: norm, ReLU, 3 x 3 convolution, twice, added to x; where sizes change, to
     * a strided 1 x 1 convolution of the first activation.
     *
     * @param name    block name
     * @param x       input
     * @param outputs output channels
     * @param stride  stride of the first convolution
     * @return outputs maps of ceil(H / stride) x ceil(W / stride)
     */
    public FeatureMaps preActBlock(String name, FeatureMaps x, int outputs, int stride) {
        FeatureMaps active = batchNormRelu(name + ".norm1", x);
        boolean project = stride != 1 || x.channels() != outputs;
        FeatureMaps shortcut = project ? convolution(name + ".shortcut", active, outputs, 1, stride) : x;
        FeatureMaps inner = convolution(name + ".conv1", active, outputs, 3, stride);
        FeatureMaps residual = convolution(name + ".conv2", batchNormRelu(name + ".norm2", inner), outputs, 3, 1);
        return residual.with(residual.variable().add(shortcut.variable()));
    }

    /**
     * Adds the residual block of the first ResNets: 3 x 3 convolution, norm, ReLU, 3 x 3 convolution, norm, added to x,
     * ReLU; where sizes change, added to a normed strided 1 x 1 convolution of x.
     *
     * @param name    block name
     * @param x       input
     * @param outputs output channels
     * @param stride  stride of the first convolution
     * @return outputs maps of ceil(H / stride) x ceil(W / stride), not below 0
     */
    public FeatureMaps basicBlock(String name, FeatureMaps x, int outputs, int stride) {
        FeatureMaps inner = batchNormRelu(name + ".norm1", convolution(name + ".conv1", x, outputs, 3, stride));
        FeatureMaps residual = batchNorm(name + ".norm2", convolution(name + ".conv2", inner, outputs, 3, 1));
        return residual.with(graph.nn().relu(residual.variable().add(shortcut(name, x, outputs, stride)), 0));
    }

    /**
     * Adds the residual block of the deeper ResNets: 1 x 1 convolution, 3 x 3 convolution, 1 x 1 convolution to four
     * times as many channels, each with its norm, ReLU between them; added to x, ReLU. Where sizes change, added to a
     * normed strided 1 x 1 convolution of x. The stride is that of the 3 x 3 convolution, as in torchvision.
     *
     * @param name   block name
     * @param x      input
     * @param inner  channels of the 3 x 3 convolution
     * @param stride stride of the 3 x 3 convolution
     * @return 4 inner maps of ceil(H / stride) x ceil(W / stride), not below 0
     */
    public FeatureMaps bottleneckBlock(String name, FeatureMaps x, int inner, int stride) {
        int outputs = 4 * inner;
        FeatureMaps reduced = batchNormRelu(name + ".norm1", convolution(name + ".conv1", x, inner, 1, 1));
        FeatureMaps middle = batchNormRelu(name + ".norm2", convolution(name + ".conv2", reduced, inner, 3, stride));
        FeatureMaps residual = batchNorm(name + ".norm3", convolution(name + ".conv3", middle, outputs, 1, 1));
        return residual.with(graph.nn().relu(residual.variable().add(shortcut(name, x, outputs, stride)), 0));
    }

    /** Returns x itself or, if sizes change, its normed strided 1 x 1 convolution. */
    private SDVariable shortcut(String name, FeatureMaps x, int outputs, int stride) {
        if (stride == 1 && x.channels() == outputs) {
            return x.variable();
        }
        return batchNorm(name + ".shortcut.norm", convolution(name + ".shortcut", x, outputs, 1, stride))
                .variable();
    }

    /**
     * Adds the layer of DenseNets: norm, ReLU, 1 x 1 convolution to four times the growth, norm, ReLU, 3 x 3
     * convolution to the growth; the result is appended to the channels of x.
     *
     * @param name   layer name
     * @param x      input
     * @param growth channels to add
     * @return C + growth maps of H x W
     */
    public FeatureMaps denseLayer(String name, FeatureMaps x, int growth) {
        FeatureMaps reduced = convolution(name + ".conv1", batchNormRelu(name + ".norm1", x), 4 * growth, 1, 1);
        FeatureMaps added = convolution(name + ".conv2", batchNormRelu(name + ".norm2", reduced), growth, 3, 1);
        SDVariable both = graph.concat(1, x.variable(), added.variable());
        return new FeatureMaps(both, x.channels() + growth, x.height(), x.width());
    }

    /**
     * Adds the mean of every 2 x 2 square; a last odd row or column is left out, and maps of one row or column stay as
     * they are.
     *
     * @param x input
     * @return as many maps of floor(H / 2) x floor(W / 2), of at least 1 x 1
     */
    public FeatureMaps averagePool(FeatureMaps x) {
        int kernelHeight = Math.min(2, x.height());
        int kernelWidth = Math.min(2, x.width());
        Pooling2DConfig config = Pooling2DConfig.builder()
                .kH(kernelHeight)
                .kW(kernelWidth)
                .sH(kernelHeight)
                .sW(kernelWidth)
                .build();
        SDVariable y = graph.cnn().avgPooling2d(x.variable(), config);
        return new FeatureMaps(y, x.channels(), x.height() / kernelHeight, x.width() / kernelWidth);
    }

    /**
     * Adds the largest value under a square window that moves by its stride. Windows reach half a kernel beyond the
     * border; nothing out there ever wins.
     *
     * @param x      input
     * @param kernel odd window size
     * @param stride step of the window
     * @return as many maps of ceil(H / stride) x ceil(W / stride)
     */
    public FeatureMaps maxPool(FeatureMaps x, int kernel, int stride) {
        Pooling2DConfig config = Pooling2DConfig.builder()
                .kH(kernel)
                .kW(kernel)
                .sH(stride)
                .sW(stride)
                .pH(kernel / 2)
                .pW(kernel / 2)
                .build();
        SDVariable y = graph.cnn().maxPooling2d(x.variable(), config);
        return new FeatureMaps(y, x.channels(), (x.height() - 1) / stride + 1, (x.width() - 1) / stride + 1);
    }

    /**
     * Adds the mean of every map.
     *
     * @param x input
     * @return [N, C]
     */
    public SDVariable globalAveragePool(FeatureMaps x) {
        return x.variable().mean(2, 3);
    }

    /**
     * Adds a fully connected layer with bias.
     *
     * @param name    layer name, the name of the output too
     * @param x       [N, inputs]
     * @param inputs  input features
     * @param outputs output features
     * @return [N, outputs]
     */
    public SDVariable linear(String name, SDVariable x, int inputs, int outputs) {
        SDVariable weight = graph.var(name + ".weight", parameters.linear(name + ".weight", inputs, inputs, outputs));
        SDVariable bias = graph.var(name + ".bias", parameters.linear(name + ".bias", inputs, outputs));
        return graph.nn().linear(name, x, weight, bias);
    }
}

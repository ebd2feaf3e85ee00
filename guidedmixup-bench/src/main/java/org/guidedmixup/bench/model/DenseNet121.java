package org.guidedmixup.bench.model;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * DenseNet-121 (Huang et al. 2017, "Densely connected convolutional networks", with bottlenecks and compression):
 * stages of 6, 12, 24 and 16 {@link Layers#denseLayer dense layers}, each of which adds {@code width / 2} channels, and
 * between them a norm, a 1 x 1 convolution to half the channels and a 2 x 2 average pool. At width 64, 3 channels and
 * 1000 classes it has torchvision's 7 978 856 parameters. Images of up to 64 pixels go through a 3 x 3 convolution that
 * keeps their size instead of a 7 x 7 one and a pool.
 *
 * @param width channels before the first dense layer, twice the growth of a dense layer; even
 */
public record DenseNet121(int width) implements Architecture {
    private static final List<Integer> DENSE_LAYERS = List.of(6, 12, 24, 16);

    /** Checks the width. */
    public DenseNet121 {
        if (width < 2 || width % 2 != 0) {
            throw new IllegalArgumentException("width: expected an even number of at least 2, got " + width);
        }
    }

    /** Creates the network of the paper, of width 64 and growth 32. */
    public DenseNet121() {
        this(64);
    }

    @Override
    public String name() {
        return "densenet121";
    }

    @Override
    public SDVariable logits(Layers layers, FeatureMaps images, int classes) {
        FeatureMaps features = Stem.normed(layers, images, width);
        for (int stage = 1; stage <= DENSE_LAYERS.size(); stage++) {
            if (stage > 1) {
                features = transition(layers, "transition" + (stage - 1), features);
            }
            for (int layer = 1; layer <= DENSE_LAYERS.get(stage - 1); layer++) {
                features = layers.denseLayer("stage" + stage + ".layer" + layer, features, width / 2);
            }
            features = layers.endOfStage(stage, features);
        }
        FeatureMaps active = layers.batchNormRelu("norm", features);
        return layers.linear(ImageModel.LOGITS, layers.globalAveragePool(active), active.channels(), classes);
    }

    private static FeatureMaps transition(Layers layers, String name, FeatureMaps x) {
        FeatureMaps active = layers.batchNormRelu(name + ".norm", x);
        return layers.averagePool(layers.convolution(name, active, x.channels() / 2, 1, 1));
    }
}

package org.guidedmixup.bench.model;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A wide residual network (Zagoruyko and Komodakis 2016), without dropout: a convolution to {@code width} channels,
 * three stages of (depth − 4) / 6 {@link Layers#preActBlock pre-activation blocks}, a norm. WRN-28-10 has 36 536 884
 * parameters at width 16 with 3 channels and 100 classes.
 *
 * @param depth    layers with weights, 6 n + 4
 * @param widening K: the first stage has K times {@code width} channels, the others twice and four times as many
 * @param width    channels before the first stage, 16 in the paper
 */
public record WideResNet(int depth, int widening, int width) implements Architecture {

    /** Checks the sizes. */
    public WideResNet {
        Stem.requireWidth(width);
        if (depth < 10 || depth % 6 != 4) {
            throw new IllegalArgumentException("depth: expected 10, 16, 22, 28 and so on (6 n + 4), got " + depth);
        }
        if (widening < 1) {
            throw new IllegalArgumentException("widening: expected at least 1, got " + widening);
        }
    }

    /** Creates the network of the paper, with 16 channels before the first stage. */
    public WideResNet(int depth, int widening) {
        this(depth, widening, 16);
    }

    @Override
    public String name() {
        return "wrn" + depth + "-" + widening;
    }

    @Override
    public SDVariable logits(Layers layers, FeatureMaps images, int classes) {
        FeatureMaps features = Stem.preActivation(layers, images, width);
        for (int stage = 1; stage <= 3; stage++) {
            for (int block = 1; block <= (depth - 4) / 6; block++) {
                int stride = stage > 1 && block == 1 ? 2 : 1;
                String name = "stage" + stage + ".block" + block;
                features = layers.preActBlock(name, features, (width * widening) << (stage - 1), stride);
            }
            features = layers.endOfStage(stage, features);
        }
        FeatureMaps active = layers.batchNormRelu("norm", features);
        return layers.linear(ImageModel.LOGITS, layers.globalAveragePool(active), active.channels(), classes);
    }
}

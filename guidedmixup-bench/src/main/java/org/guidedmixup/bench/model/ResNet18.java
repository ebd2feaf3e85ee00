package org.guidedmixup.bench.model;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * ResNet-18 (He et al. 2016, "Deep residual learning for image recognition"): four stages of two
 * {@link Layers#basicBlock basic blocks}. At width 64, 3 channels and 1000 classes it has torchvision's 11 689 512
 * parameters. Images of up to 64 pixels go through a 3 x 3 convolution that keeps their size instead of a 7 x 7 one and
 * a pool.
 *
 * @param width channels of the first stage; the others have two, four and eight times as many
 */
public record ResNet18(int width) implements Architecture {

    /** Checks the width. */
    public ResNet18 {
        Stem.requireWidth(width);
    }

    /** Creates the network of the paper, of width 64. */
    public ResNet18() {
        this(64);
    }

    @Override
    public String name() {
        return "resnet18";
    }

    @Override
    public SDVariable logits(Layers layers, FeatureMaps images, int classes) {
        FeatureMaps features = Stem.normed(layers, images, width);
        for (int stage = 1; stage <= 4; stage++) {
            int channels = width << (stage - 1);
            features = layers.basicBlock("stage" + stage + ".block1", features, channels, stage == 1 ? 1 : 2);
            features = layers.basicBlock("stage" + stage + ".block2", features, channels, 1);
            features = layers.endOfStage(stage, features);
        }
        return layers.linear(ImageModel.LOGITS, layers.globalAveragePool(features), features.channels(), classes);
    }
}

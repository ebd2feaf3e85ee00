package org.guidedmixup.bench.model;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * PreActResNet-18 (He et al. 2016, "Identity mappings in deep residual networks") as Manifold Mixup, PuzzleMix,
 * Co-Mixup and GuidedMixup train it on CIFAR-100 and Tiny-ImageNet: four stages of two
 * {@link Layers#preActBlock pre-activation blocks} and, unlike in the first paper, no norm after the last of them. 11
 * 217 316 parameters at width 64 with 3 channels and 100 classes.
 *
 * @param width channels of the first stage; the others have two, four and eight times as many
 */
public record PreActResNet18(int width) implements Architecture {

    /** Checks the width. */
    public PreActResNet18 {
        Stem.requireWidth(width);
    }

    /** Creates the network of the papers, of width 64. */
    public PreActResNet18() {
        this(64);
    }

    @Override
    public String name() {
        return "preactresnet18";
    }

    @Override
    public SDVariable logits(Layers layers, FeatureMaps images, int classes) {
        FeatureMaps features = Stem.preActivation(layers, images, width);
        for (int stage = 1; stage <= 4; stage++) {
            int channels = width << (stage - 1);
            features = layers.preActBlock("stage" + stage + ".block1", features, channels, stage == 1 ? 1 : 2);
            features = layers.preActBlock("stage" + stage + ".block2", features, channels, 1);
            features = layers.endOfStage(stage, features);
        }
        return layers.linear(ImageModel.LOGITS, layers.globalAveragePool(features), features.channels(), classes);
    }
}

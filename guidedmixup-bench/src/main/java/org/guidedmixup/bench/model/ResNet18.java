package org.guidedmixup.bench.model;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * ResNet-18 (He et al. 2016, "Deep residual learning for image recognition"): four stages of two {@link Layers#basicBlock
 * basic blocks}. At width 64, 3 channels and 1000 classes it has torchvision's 11 689 512 parameters.
 *
 * <p>Images of more than {@value #SMALL} pixels in height or width meet a 7 x 7 convolution of stride 2 and a 3 x 3 max
 * pool of stride 2 first. Smaller ones a 3 x 3 convolution that keeps their size, as usual for CIFAR: little would be left
 * of them otherwise.
 *
 * @param width channels of the first stage; the others have two, four and eight times as many
 */
public record ResNet18(int width) implements Architecture {

    /** The largest height and width that keep their size in the stem, pixels. */
    public static final int SMALL = 64;

    /** Checks the width. */
    public ResNet18 {
        if (width < 1) {
            throw new IllegalArgumentException("width must be at least 1, got " + width);
        }
    }

    /** The network of the paper, of width 64. */
    public ResNet18() {
        this(64);
    }

    @Override
    public String name() {
        return "resnet18";
    }

    @Override
    public SDVariable logits(Layers layers, FeatureMaps images, int classes) {
        FeatureMaps features = stem(layers, images);
        for (int stage = 1; stage <= 4; stage++) {
            int channels = width << (stage - 1);
            features = layers.basicBlock("stage" + stage + ".block1", features, channels, stage == 1 ? 1 : 2);
            features = layers.basicBlock("stage" + stage + ".block2", features, channels, 1);
        }
        return layers.linear(ImageModel.LOGITS, layers.globalAveragePool(features), features.channels(), classes);
    }

    private FeatureMaps stem(Layers layers, FeatureMaps images) {
        boolean small = images.height() <= SMALL && images.width() <= SMALL;
        FeatureMaps convolved = layers.convolution("stem", images, width, small ? 3 : 7, small ? 1 : 2);
        FeatureMaps active = layers.batchNormRelu("stem.norm", convolved);
        return small ? active : layers.maxPool(active, 3, 2);
    }
}

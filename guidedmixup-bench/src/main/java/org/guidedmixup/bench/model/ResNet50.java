package org.guidedmixup.bench.model;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * ResNet-50 (He et al. 2016, "Deep residual learning for image recognition"): four stages of three, four, six and three
 * {@link Layers#bottleneckBlock bottleneck blocks}. At width 64, 3 channels and 1000 classes it has torchvision's
 * 25 557 032 parameters. Images of up to 64 pixels go through a 3 x 3 convolution that keeps their size instead of a 7
 * x 7 one and a pool.
 *
 * @param width channels inside the blocks of the first stage, which outputs four times as many; the other stages have
 *     two, four and eight times as many
 */
public record ResNet50(int width) implements Architecture {
    private static final List<Integer> BLOCKS = List.of(3, 4, 6, 3);

    /** Checks the width. */
    public ResNet50 {
        Stem.requireWidth(width);
    }

    /** Creates the network of the paper, of width 64. */
    public ResNet50() {
        this(64);
    }

    @Override
    public String name() {
        return "resnet50";
    }

    @Override
    public SDVariable logits(Layers layers, FeatureMaps images, int classes) {
        FeatureMaps features = Stem.normed(layers, images, width);
        for (int stage = 1; stage <= BLOCKS.size(); stage++) {
            for (int block = 1; block <= BLOCKS.get(stage - 1); block++) {
                int stride = stage > 1 && block == 1 ? 2 : 1;
                String name = "stage" + stage + ".block" + block;
                features = layers.bottleneckBlock(name, features, width << (stage - 1), stride);
            }
            features = layers.endOfStage(stage, features);
        }
        return layers.linear(ImageModel.LOGITS, layers.globalAveragePool(features), features.channels(), classes);
    }
}

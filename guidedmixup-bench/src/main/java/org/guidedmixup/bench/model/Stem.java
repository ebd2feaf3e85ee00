package org.guidedmixup.bench.model;

/**
 * The first layers of a network, by the size of its images. Images of more than {@value #SMALL} pixels in height or
 * width go through a 7 x 7 convolution of stride 2 and a 3 x 3 max pool of stride 2, as on ImageNet. Smaller images go
 * through a 3 x 3 convolution, as usual for CIFAR: otherwise little would be left of them.
 */
final class Stem {

    /** The largest height and width that get a small kernel, pixels. */
    static final int SMALL = 64;

    /** The largest height and width that keep their size before pre-activation blocks, pixels. */
    static final int CIFAR = 32;

    private Stem() {}

    /**
     * Adds convolution, norm and ReLU; small images keep their size.
     *
     * @param layers the graph
     * @param images the images
     * @param width  output channels
     * @return maps not below 0
     */
    static FeatureMaps normed(Layers layers, FeatureMaps images, int width) {
        boolean small = largestSide(images) <= SMALL;
        FeatureMaps convolved = layers.convolution("stem", images, width, small ? 3 : 7, small ? 1 : 2);
        FeatureMaps active = layers.batchNormRelu("stem.norm", convolved);
        return small ? active : layers.maxPool(active, 3, 2);
    }

    /**
     * Adds what blocks that begin with a norm need: a convolution alone for small images, of stride 2 above
     * {@value #CIFAR} pixels, as the authors of the mixup methods train on Tiny-ImageNet.
     *
     * @param layers the graph
     * @param images the images
     * @param width  output channels
     * @return maps
     */
    static FeatureMaps preActivation(Layers layers, FeatureMaps images, int width) {
        int side = largestSide(images);
        return side > SMALL
                ? normed(layers, images, width)
                : layers.convolution("stem", images, width, 3, side > CIFAR ? 2 : 1);
    }

    private static int largestSide(FeatureMaps images) {
        return Math.max(images.height(), images.width());
    }

    /** Checks the channels of a first stage. */
    static void requireWidth(int width) {
        if (width < 1) {
            throw new IllegalArgumentException("width: expected at least 1, got " + width);
        }
    }
}

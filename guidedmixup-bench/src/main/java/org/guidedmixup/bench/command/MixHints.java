package org.guidedmixup.bench.command;

import java.util.LinkedHashMap;
import java.util.Map;

/** The library's errors in the words of {@code mix}: they name builder settings, which a command line does not have. */
final class MixHints {
    private static final Map<String, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put(
                "for images as rows, set imageShape(channels, height, width) on the mixer's builder",
                "for images as rows, add --image-shape CHANNELS,HEIGHT,WIDTH");
        WORDS.put(
                "grey images have a channel axis of size 1, for example images.reshape(batch, 1, height, width)",
                "for grey images, add --image-shape 1,HEIGHT,WIDTH");
        WORDS.put(
                "grey images have a channel axis of size 1, for example images.reshape(batch, height, width, 1)",
                "for grey images, add --image-shape 1,HEIGHT,WIDTH");
        WORDS.put(
                ", and images as rows have a height with imageShape(channels, height, width)",
                ", and images as rows have a height with --image-shape CHANNELS,HEIGHT,WIDTH");
        WORDS.put("the mixer was built for", "the images are");
        WORDS.put(
                "Nd4j.create(DataType.FLOAT, batch, classes), then putScalar(image, index, 1) for every image",
                "in NumPy, np.eye(classes)[indices]");
        WORDS.put(", and LossBinaryXENT with a sigmoid or LossMCXENT with softmax", "");
        WORDS.put("; labelKind(CLASSES) takes rows of any other sum above 0", "");
        WORDS.put("set the range of the images with .range(...)", "set the range of the images with --range LOW,HIGH");
        WORDS.put(
                "GuidedMixup, InputMixup, CutMix, SaliencyMix, PuzzleMix or CoMixup",
                "--method guided-sr, guided-ap, mixup, cutmix, saliencymix, puzzlemix or comixup");
    }

    private MixHints() {}

    /** Returns the error with options in place of settings. */
    static IllegalArgumentException inOptions(IllegalArgumentException e) {
        String message = String.valueOf(e.getMessage());
        for (Map.Entry<String, String> words : WORDS.entrySet()) {
            message = message.replace(words.getKey(), words.getValue());
        }
        return new IllegalArgumentException(message, e);
    }
}

package org.guidedmixup.portable;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.concurrency.EveryMethod;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.saliency.GradientMagnitude;
import org.guidedmixup.testing.RandomImages;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A program that mixes one batch with every method on the portable path and prints the transfers from ND4J's memory: one line
 * per method, with its name, the counts and their callers.
 */
final class HostAccessByMethod {
    static final int IMAGES = 8;
    static final int CLASSES = 5;
    static final int CHANNELS = 3;
    static final int HEIGHT = 32;
    static final int WIDTH = 24;

    private HostAccessByMethod() {}

    public static void main(String[] arguments) {
        // Read when the first class of ND4J or of this library is loaded.
        System.setProperty("org.guidedmixup.portable", "true");
        System.setProperty("databufferfactory", CountingBuffers.class.getName());
        INDArray images = RandomImages.nchw(1, IMAGES, CHANNELS, HEIGHT, WIDTH);
        INDArray labels = RandomImages.labels(IMAGES, CLASSES);
        INDArray gradient = RandomImages.nchw(2, IMAGES, CHANNELS, HEIGHT, WIDTH);
        Map<String, BatchMixer> mixers = EveryMethod.mixers(DataFormat.NCHW);
        mixers.put(
                "guided-ap",
                GuidedMixup.builder()
                        .saliency((x, y, format) -> GradientMagnitude.of(gradient, format))
                        .mixProbability(1)
                        .build());
        mixers.forEach((name, mixer) -> {
            // The first batch fills the caches, mainly the matrices of filters.
            mixed(mixer, images, labels, 0).apply(images, labels);
            HostAccess.reset();
            mixed(mixer, images, labels, 1).apply(images, labels);
            System.out.println(name + ";" + counts() + ";" + HostAccess.callers());
        });
    }

    /** Returns the plan of the first mixed batch of an epoch. */
    private static MixPlan mixed(BatchMixer mixer, INDArray images, INDArray labels, int epoch) {
        for (int batch = 0; ; batch++) {
            HostAccess.reset();
            MixPlan plan = mixer.plan(images, labels, epoch, batch);
            if (plan.isMixed()) {
                return plan;
            }
        }
    }

    private static String counts() {
        return Arrays.stream(HostAccess.Kind.values())
                .map(kind -> Long.toString(HostAccess.count(kind)))
                .collect(Collectors.joining(";"));
    }
}

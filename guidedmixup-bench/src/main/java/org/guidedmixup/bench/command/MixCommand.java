package org.guidedmixup.bench.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.guidedmixup.bench.io.AtomicFile;
import org.guidedmixup.bench.io.NpyFile;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.mixing.MixingSteps;
import org.guidedmixup.saliency.GradientMagnitude;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.saliency.SpectralResidual;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Mixes one batch from files and writes every step. */
@Command(
        name = "mix",
        description = {
            "Mixes one batch of images and writes every step as .npy.",
            "Files in the output directory: saliency, normalized, distance, pairing, mask, ratio, mixed_images and "
                    + "mixed_labels, each if the method has it. The batch is always mixed."
        },
        sortOptions = false)
final class MixCommand implements Callable<Integer> {
    @Option(
            names = "--images",
            required = true,
            paramLabel = "X.npy",
            description = "Images, [batch, channels, height, width], any real type.")
    private Path images;

    @Option(
            names = "--labels",
            required = true,
            paramLabel = "Y.npy",
            description = "One-hot or soft labels, [batch, classes].")
    private Path labels;

    @Option(
            names = "--gradient",
            paramLabel = "G.npy",
            description = "Gradient of the loss with respect to the images, in their shape; for guided-ap.")
    private Path gradient;

    @Option(
            names = "--method",
            defaultValue = "guided-sr",
            description = "vanilla, mixup, guided-sr, guided-sr+random or guided-ap (default: guided-sr).")
    private String method;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the arrays are written.")
    private Path out;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws IOException {
        MixingMethod chosen = MixingMethod.of(method);
        checkGradient(chosen);
        common.startBackend();
        INDArray x = NpyFile.read(images);
        INDArray y = NpyFile.read(labels);
        MixingSteps steps = MixingSteps.of(chosen, detector(chosen, x), x, y, common.seed());
        AtomicFile.createDirectories(out);
        for (Map.Entry<String, INDArray> step : named(steps).entrySet()) {
            NpyFile.write(out.resolve(step.getKey() + ".npy"), step.getValue());
            common.print(
                    step.getKey() + ".npy " + Arrays.toString(step.getValue().shape()));
        }
        return 0;
    }

    private void checkGradient(MixingMethod chosen) {
        boolean needed = chosen == MixingMethod.GUIDED_AP;
        if (needed && gradient == null) {
            throw new IllegalArgumentException("--method guided-ap needs --gradient G.npy");
        }
        if (!needed && gradient != null) {
            throw new IllegalArgumentException("--gradient is for --method guided-ap, not for " + chosen);
        }
    }

    private SaliencyDetector detector(MixingMethod chosen, INDArray x) throws IOException {
        if (chosen != MixingMethod.GUIDED_AP) {
            return new SpectralResidual();
        }
        INDArray g = NpyFile.read(gradient);
        if (!g.equalShapes(x)) {
            throw new IllegalArgumentException("gradient " + Arrays.toString(g.shape()) + " and images "
                    + Arrays.toString(x.shape()) + ": shapes differ");
        }
        return (anyImages, anyLabels, format) -> GradientMagnitude.of(g, format);
    }

    private static Map<String, INDArray> named(MixingSteps steps) {
        Map<String, Optional<INDArray>> all = new LinkedHashMap<>();
        all.put("saliency", steps.saliency());
        all.put("normalized", steps.normalized());
        all.put("distance", steps.distance());
        all.put("pairing", steps.pairing());
        all.put("mask", steps.mask());
        all.put("ratio", Optional.of(steps.ratio()));
        all.put("mixed_images", Optional.of(steps.mixed().images()));
        all.put("mixed_labels", Optional.of(steps.mixed().labels()));
        Map<String, INDArray> present = new LinkedHashMap<>();
        all.forEach((name, array) -> array.ifPresent(value -> present.put(name, value)));
        return present;
    }
}

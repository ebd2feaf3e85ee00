package org.guidedmixup.bench.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.guidedmixup.bench.io.AtomicFile;
import org.guidedmixup.bench.io.NpyFile;
import org.guidedmixup.bench.mixing.MixerSettings;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.mixing.StepArrays;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.saliency.GradientMagnitude;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.nd4j.enums.DataFormat;
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
                    + "mixed_labels, as far as the method has them. The batch is always mixed."
        },
        sortOptions = false)
final class MixCommand implements Callable<Integer> {
    @Option(
            names = "--images",
            required = true,
            paramLabel = "X.npy",
            description =
                    "Images, [batch, channels, height, width] or as --format and --image-shape say, any real type.")
    private Path images;

    @Option(
            names = "--image-shape",
            split = ",",
            paramLabel = "SIZE",
            description =
                    "CHANNELS,HEIGHT,WIDTH of images without these axes, such as rows [batch, channels * height * "
                            + "width] or grey images [batch, height, width]; mixed images are written in the shape they came in.")
    private List<Integer> imageShape;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "NCHW or NHWC: the axis order of the images (default: NCHW; must be given if the channels "
                    + "seem to be last).")
    private DataFormat format;

    @Option(
            names = "--labels",
            required = true,
            paramLabel = "Y.npy",
            description =
                    "Labels, [batch, classes], one-hot, soft or multi-label, or dense labels of the images' size.")
    private Path labels;

    @Option(
            names = "--gradient",
            paramLabel = "G.npy",
            description =
                    "Gradient of the loss with respect to the images, in their shape, for methods that take saliency from "
                            + "it. Without it they fall back to the spectral residual, as snapmix always does here; manifold, which "
                            + "mixes inside a network when training, mixes the input here.")
    private Path gradient;

    @Option(
            names = "--method",
            defaultValue = "guided-sr",
            completionCandidates = MethodNames.class,
            description = MethodNames.HELP + " (default: guided-sr).")
    private String method;

    @Option(
            names = "--range",
            split = ",",
            paramLabel = "VALUE",
            description =
                    "LOW,HIGH: the values of black and white, for augmix (default: 0,1 for floating-point images, "
                            + "0,255 for integers).")
    private List<Double> range;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the arrays.")
    private Path out;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws IOException {
        MixingMethod chosen = MixingMethod.of(method);
        checkOptions(chosen);
        common.startBackend();
        INDArray read = NpyFile.readNumbers(images);
        INDArray x = withAxes(images, read);
        requireFormat(x);
        INDArray y = NpyFile.read(labels);
        StepArrays steps = steps(chosen, x, y);
        AtomicFile.createDirectories(out);
        for (Map.Entry<String, INDArray> step : named(steps, read.shape()).entrySet()) {
            NpyFile.write(out.resolve(step.getKey() + ".npy"), step.getValue());
            common.print(
                    step.getKey() + ".npy " + Arrays.toString(step.getValue().shape()));
        }
        return 0;
    }

    private void checkOptions(MixingMethod chosen) {
        if (gradient != null && !chosen.usesGradient()) {
            throw new IllegalArgumentException("--gradient: expected only with --method "
                    + String.join(", ", MixingMethod.namesWithGradient()) + ", got " + chosen);
        }
        if (range != null && !chosen.usesAugMix()) {
            throw new IllegalArgumentException("--range: expected only with augmix, got --method " + chosen);
        }
        if (imageShape != null && (imageShape.size() != 3 || imageShape.stream().anyMatch(size -> size < 1))) {
            throw new IllegalArgumentException(
                    "--image-shape: expected CHANNELS,HEIGHT,WIDTH of at least 1, got " + imageShape);
        }
        if (range != null && range.size() != 2) {
            throw new IllegalArgumentException("--range: expected two numbers LOW,HIGH, got " + range.size());
        }
    }

    private StepArrays steps(MixingMethod chosen, INDArray x, INDArray y) throws IOException {
        MixerSettings settings = settings(chosen, x);
        try {
            return StepArrays.of(chosen, settings, x, y);
        } catch (IllegalArgumentException e) {
            throw MixHints.inOptions(e);
        }
    }

    /** Gives images, or their gradient, the axes that --image-shape names. */
    private INDArray withAxes(Path file, INDArray array) {
        if (imageShape == null || array.rank() == 0) {
            return array;
        }
        long count = array.size(0);
        long[] axes = format == DataFormat.NHWC
                ? new long[] {count, imageShape.get(1), imageShape.get(2), imageShape.get(0)}
                : new long[] {count, imageShape.get(0), imageShape.get(1), imageShape.get(2)};
        boolean fits = array.rank() == axes.length
                ? Arrays.equals(array.shape(), axes)
                : array.length() == Arrays.stream(axes).asDoubleStream().reduce(1, (a, b) -> a * b);
        if (!fits) {
            throw new IllegalArgumentException(file + ", " + Arrays.toString(array.shape()) + ": expected "
                    + Arrays.toString(axes) + " or as many values, because of --image-shape");
        }
        return array.reshape(axes);
    }

    private void requireFormat(INDArray x) {
        if (format == null && BatchShape.seemsChannelsLast(x)) {
            throw new IllegalArgumentException(images + ", " + Arrays.toString(x.shape())
                    + ": the channels seem to be last; add --format NHWC, or --format NCHW if these really are "
                    + x.size(1)
                    + " channels");
        }
    }

    private MixerSettings settings(MixingMethod chosen, INDArray x) throws IOException {
        MixerSettings settings = MixerSettings.of(detector(chosen, x), 1, common.seed());
        if (format != null) {
            settings = settings.withFormat(format);
        }
        return range == null ? settings : settings.withRange(ValueRange.of(range.get(0), range.get(1)));
    }

    private SaliencyDetector detector(MixingMethod chosen, INDArray x) throws IOException {
        if (gradient == null) {
            String missing = chosen.usesGradient() ? "no --gradient: " : "no network: ";
            chosen.withoutNetwork().ifPresent(instead -> common.print(missing + chosen + " " + instead));
            return new SpectralResidual();
        }
        INDArray g = withAxes(gradient, NpyFile.read(gradient));
        if (!g.equalShapes(x)) {
            throw new IllegalArgumentException("gradient " + Arrays.toString(g.shape()) + " and images "
                    + Arrays.toString(x.shape()) + ": shapes differ");
        }
        return (anyImages, anyLabels, channels) -> GradientMagnitude.of(g, channels);
    }

    private static Map<String, INDArray> named(StepArrays steps, long... imagesShape) {
        Map<String, Optional<INDArray>> all = new LinkedHashMap<>();
        all.put("saliency", steps.saliency());
        all.put("normalized", steps.normalized());
        all.put("distance", steps.distance());
        all.put("pairing", steps.pairing());
        all.put("mask", steps.mask());
        all.put("ratio", Optional.of(steps.ratio()));
        all.put("mixed_images", Optional.of(steps.mixed().images().reshape(imagesShape)));
        all.put("mixed_labels", Optional.of(steps.mixed().labels()));
        Map<String, INDArray> present = new LinkedHashMap<>();
        all.forEach((name, array) -> array.ifPresent(value -> present.put(name, value)));
        return present;
    }
}

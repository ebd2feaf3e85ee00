package org.guidedmixup.dl4j.opencv;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * How alike OpenCV's maps and ours are, and how long they take, on 200 images of one size that are drawn from a folder. No test:
 * it runs only with {@code -Dimages=FOLDER}, and prints a row for every detector.
 */
class SpectralResidualsCompared {
    private static final int IMAGES = 200;
    private static final int BATCH = 50;
    private static final int RUNS = 25;

    @Test
    @EnabledIfSystemProperty(named = "images", matches = ".+")
    void withOpenCv() throws IOException {
        List<Path> files = drawn(Path.of(System.getProperty("images")));
        INDArray images = Nd4j.concat(
                0, files.stream().map(SpectralResidualsCompared::read).toArray(INDArray[]::new));
        SaliencyDetector reference = new SpectralResidual();
        Map<String, SaliencyDetector> others = new LinkedHashMap<>();
        others.put(
                "ours, not blurred", SpectralResidual.builder().smoothing(false).build());
        others.put("ours, at 64 x 64", SpectralResidual.builder().maxSide(64).build());
        others.put("OpenCV's", OpenCvSaliency.spectralResidual());
        others.put("OpenCV's, root", root(OpenCvSaliency.spectralResidual()));
        others.put("OpenCV's fine-grained", OpenCvSaliency.fineGrained());
        float[][] expected = maps(reference, images);
        System.out.println(Arrays.toString(images.shape()));
        for (Map.Entry<String, SaliencyDetector> other : others.entrySet()) {
            double[] correlations = new double[IMAGES];
            float[][] found = maps(other.getValue(), images);
            for (int i = 0; i < IMAGES; i++) {
                correlations[i] = correlation(expected[i], found[i]);
            }
            Arrays.sort(correlations);
            double[] ratios = timeRatios(other.getValue(), reference, images);
            System.out.println(String.format(
                    Locale.ROOT,
                    "%s: correlation %.2f (%.2f to %.2f), time %.2f (%.2f to %.2f)",
                    other.getKey(),
                    correlations[IMAGES / 2],
                    correlations[IMAGES / 4],
                    correlations[IMAGES * 3 / 4],
                    ratios[RUNS / 2],
                    ratios[RUNS / 4],
                    ratios[RUNS * 3 / 4]));
        }
    }

    private static SaliencyDetector root(SaliencyDetector detector) {
        return (images, labels, format) -> Transforms.sqrt(detector.detect(images, labels, format));
    }

    private static List<Path> drawn(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(file -> file.toString().matches(".*\\.(png|jpg|jpeg)"))
                    .sorted()
                    .collect(Collectors.toList());
            Collections.shuffle(files, new Random(1));
            return files.subList(0, IMAGES);
        }
    }

    /** [1, 3, H, W], RGB, 0 to 1. */
    private static INDArray read(Path file) {
        BufferedImage image;
        try {
            image = ImageIO.read(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int height = image.getHeight();
        int width = image.getWidth();
        float[] values = new float[3 * height * width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = image.getRGB(x, y);
                for (int c = 0; c < 3; c++) {
                    values[(c * height + y) * width + x] = (rgb >> (16 - 8 * c) & 255) / 255f;
                }
            }
        }
        return Nd4j.createFromArray(values).reshape(1, 3, height, width);
    }

    private static float[][] maps(SaliencyDetector detector, INDArray images) {
        INDArray maps = detector.detect(images, Nd4j.empty(DataType.FLOAT), DataFormat.NCHW);
        float[][] result = new float[IMAGES][];
        for (int i = 0; i < IMAGES; i++) {
            result[i] = maps.slice(i).dup('c').data().asFloat();
        }
        return result;
    }

    /** Pearson's. */
    private static double correlation(float[] x, float[] y) {
        double n = x.length;
        double sx = 0;
        double sy = 0;
        double sxx = 0;
        double syy = 0;
        double sxy = 0;
        for (int p = 0; p < x.length; p++) {
            sx += x[p];
            sy += y[p];
            sxx += (double) x[p] * x[p];
            syy += (double) y[p] * y[p];
            sxy += (double) x[p] * y[p];
        }
        return (sxy - sx * sy / n) / Math.sqrt((sxx - sx * sx / n) * (syy - sy * sy / n));
    }

    /** Of pairs of runs, one after the other on the same batch, so that both have the machine as it is. Sorted. */
    private static double[] timeRatios(SaliencyDetector detector, SaliencyDetector reference, INDArray images) {
        INDArray batch = images.get(NDArrayIndex.interval(0, BATCH)).dup('c');
        double[] ratios = new double[RUNS];
        for (int run = -3; run < RUNS; run++) {
            double ratio = nanoseconds(detector, batch) / nanoseconds(reference, batch);
            if (run >= 0) {
                ratios[run] = ratio;
            }
        }
        Arrays.sort(ratios);
        return ratios;
    }

    private static double nanoseconds(SaliencyDetector detector, INDArray images) {
        long start = System.nanoTime();
        detector.detect(images, images, DataFormat.NCHW);
        return System.nanoTime() - start;
    }
}

package org.guidedmixup.bench.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.util.MathArrays;
import org.guidedmixup.bench.data.BatchSource;
import org.guidedmixup.bench.data.DataSource;
import org.guidedmixup.bench.data.ImageData;
import org.guidedmixup.bench.data.ImageSet;
import org.guidedmixup.bench.pairings.PairedMasks;
import org.guidedmixup.bench.pairings.PairingComparison;
import org.guidedmixup.bench.report.TextTable;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares the greedy pairing with the optimum. */
@Command(
        name = "pairings",
        description = {
            "Pairs batches by the greedy walk, at random and optimally on the same spectral residual saliency, and prints "
                    + "the share of the largest possible sum of distances (Eq. 1 of the paper) that greedy and random pairs "
                    + "reach, averaged over the batches, and the median time of each pairing, given the distances. A second "
                    + "table describes the masks that the pairs lead to."
        },
        sortOptions = false)
final class PairingsCommand implements Callable<Integer> {
    private static final List<String> DISTANCE_HEADINGS =
            List.of("batch", "greedy %", "random %", "greedy ms", "random ms", "optimal ms");
    private static final List<String> MASK_HEADINGS =
            List.of("batch", "pairing", "mask contrast", "ratio spread", "likeness");

    @Mixin
    private DataOptions data;

    @Option(
            names = "--batch",
            split = ",",
            defaultValue = "8,16,32,64,128",
            description = "Batch sizes, at least 3, separated by commas; one row for each (default: ${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(names = "--batches", defaultValue = "5", description = "Batches of each size (default: ${DEFAULT-VALUE}).")
    private int batches;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        if (batches < 1 || sizes.stream().anyMatch(size -> size < 3)) {
            throw new IllegalArgumentException(
                    "--batches " + batches + " and --batch " + sizes + ": expected at least 1 and at least 3");
        }
        DataSource source = data.source();
        common.startBackend();
        ImageData images = source.load(data.loadOptions(common.seed()));
        int largest = sizes.stream().max(Integer::compare).orElseThrow();
        if (largest > images.train().size()) {
            throw new IllegalArgumentException("--batch " + largest + ": expected at most the "
                    + images.train().size() + " training images");
        }
        common.print(DataOptions.describe(images));
        List<List<String>> distances = new ArrayList<>();
        List<List<String>> masks = new ArrayList<>();
        try (Progress progress = new Progress(common, "pairings", sizes.size() + 1)) {
            // A warm-up, not counted: the JVM compiles.
            compare(images.train(), Math.min(16, largest));
            progress.step("warmed up");
            for (int size : sizes) {
                PairingComparison compared = compare(images.train(), size);
                distances.add(distanceRow(compared));
                masks.add(maskRow(size, "greedy", compared.greedyMasks()));
                masks.add(maskRow(size, "random", compared.randomMasks()));
                progress.step("batch " + size);
            }
        }
        common.print("");
        common.print(TextTable.render(DISTANCE_HEADINGS, distances).stripTrailing());
        common.print("");
        common.print(TextTable.render(MASK_HEADINGS, masks).stripTrailing());
        return 0;
    }

    /** Compares the pairings; each batch is drawn from all images. */
    private PairingComparison compare(ImageSet set, int size) {
        List<INDArray> drawn = new ArrayList<>();
        int[] order = IntStream.range(0, set.size()).toArray();
        Well19937c random = new Well19937c(common.seed());
        for (int batch = 0; batch < batches; batch++) {
            MathArrays.shuffle(order, random);
            drawn.add(BatchSource.builder(set)
                    .build()
                    .batch(Arrays.copyOf(order, size))
                    .getFeatures());
        }
        return PairingComparison.of(drawn, common.seed());
    }

    private static List<String> maskRow(int batch, String pairing, PairedMasks masks) {
        return List.of(
                Integer.toString(batch),
                pairing,
                String.format(Locale.ROOT, "%.3f", masks.contrast()),
                String.format(Locale.ROOT, "%.3f", masks.ratioSpread()),
                String.format(Locale.ROOT, "%.2f", masks.likeness()));
    }

    private static List<String> distanceRow(PairingComparison compared) {
        return List.of(
                Integer.toString(compared.batch()),
                String.format(Locale.ROOT, "%.2f", 100 * compared.greedyShare()),
                String.format(Locale.ROOT, "%.2f", 100 * compared.randomShare()),
                String.format(Locale.ROOT, "%.4f", compared.greedyMillis()),
                String.format(Locale.ROOT, "%.4f", compared.randomMillis()),
                String.format(Locale.ROOT, "%.1f", compared.optimalMillis()));
    }
}

package org.guidedmixup.bench.pairings;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.guidedmixup.filter.GaussianBlur;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.pairing.OptimalPairing;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.PairingStrategy;
import org.guidedmixup.pairing.RandomPairing;
import org.guidedmixup.pairing.SaliencyDistance;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batches of one size, each paired by every strategy on the same distances.
 *
 * @param batch the number of images M
 * @param greedyShare the sum of distances (Kang and Kim 2023, Eq. 1) of greedy pairs over the optimum's, mean over
 *     batches
 * @param randomShare that of random pairs
 * @param greedyMillis median time of greedy pairing, distances given
 * @param randomMillis that of random pairing
 * @param optimalMillis that of the optimum
 * @param greedyMasks the masks that greedy pairs lead to
 * @param randomMasks those that random pairs lead to
 */
public record PairingComparison(
        int batch,
        double greedyShare,
        double randomShare,
        double greedyMillis,
        double randomMillis,
        double optimalMillis,
        PairedMasks greedyMasks,
        PairedMasks randomMasks) {
    /** Fast strategies run this often per timing, so that the clock can resolve it. */
    private static final int REPEATS = 100;

    /**
     * Compares the strategies.
     *
     * @param batches each [M, C, H, W], at least one. Not modified.
     * @param seed of random pairs
     * @return the means and medians
     */
    public static PairingComparison of(List<INDArray> batches, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Measured> greedy = new ArrayList<>();
        List<Measured> uniform = new ArrayList<>();
        List<Measured> optimal = new ArrayList<>();
        List<INDArray> maps = batches.stream().map(PairingComparison::saliency).toList();
        for (INDArray batch : maps) {
            INDArray distance = SaliencyDistance.between(batch);
            greedy.add(Measured.of(new GreedyPairing(), distance, REPEATS, random));
            uniform.add(Measured.of(new RandomPairing(), distance, REPEATS, random));
            optimal.add(Measured.of(new OptimalPairing(), distance, 1, random));
        }
        return new PairingComparison(
                (int) batches.get(0).size(0),
                meanShare(greedy, optimal),
                meanShare(uniform, optimal),
                medianMillis(greedy),
                medianMillis(uniform),
                medianMillis(optimal),
                PairedMasks.of(maps, new GreedyPairing(), seed),
                PairedMasks.of(maps, new RandomPairing(), seed));
    }

    private static INDArray saliency(INDArray images) {
        INDArray saliency = new GaussianBlur(7, 3).apply(new SpectralResidual().detect(images, DataFormat.NCHW));
        return NormalizedSaliency.of(saliency).maps();
    }

    private static double meanShare(List<Measured> some, List<Measured> optimal) {
        double sum = 0;
        for (int i = 0; i < some.size(); i++) {
            sum += some.get(i).sum / optimal.get(i).sum;
        }
        return sum / some.size();
    }

    private static double medianMillis(List<Measured> measured) {
        double[] sorted =
                measured.stream().mapToDouble(one -> one.millis).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** The sum of distances of the pairs, mean over the repeats, and the time of one pairing. */
    private record Measured(double sum, double millis) {
        static Measured of(PairingStrategy strategy, INDArray distance, int repeats, SplittableRandom random) {
            double sum = 0;
            long nanos = 0;
            for (int i = 0; i < repeats; i++) {
                long start = System.nanoTime();
                Pairing pairs = strategy.pair((int) distance.size(0), () -> distance, random);
                nanos += System.nanoTime() - start;
                for (int source = 0; source < pairs.size(); source++) {
                    sum += distance.getDouble(source, pairs.partner(source));
                }
            }
            return new Measured(sum / repeats, nanos / 1e6 / repeats);
        }
    }
}

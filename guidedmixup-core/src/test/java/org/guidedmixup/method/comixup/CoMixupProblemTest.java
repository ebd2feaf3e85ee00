package org.guidedmixup.method.comixup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.guidedmixup.filter.GaussianBlur;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.guidedmixup.testing.RandomImages;
import org.guidedmixup.tile.TileGrid;
import org.guidedmixup.tile.TileSaliency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

class CoMixupProblemTest {

    /** Two outputs of one block row, computed by hand. */
    @Test
    void theObjectiveIsTheSumOfItsParts() {
        double[][] cost = {{-0.4, -0.1, -0.3, -0.2}, {-0.1, -0.2, -0.6, -0.1}};
        double[][] similarity = {{1, 0.5}, {0.5, 1}};
        CoMixupProblem problem = new CoMixupProblem(2, cost, similarity, 0.1, 2, 2.1);
        double[][][] shares = {{{1, 0}, {1, 0}, {0, 1}, {0.5, 0.5}}, {{0, 1}, {0, 1}, {0, 1}, {0, 1}}};
        double blocks = -0.4 - 0.1 - 0.6 - 0.15 - 0.1 - 0.2 - 0.6 - 0.1;
        // Borders of output 0: the same 0, whole to whole 1, whole to half 1/4 twice.
        double borders = 0.1 * (0 + 1 + 0.25 + 0.25);
        // n_0 = (2.5, 1.5) and n_1 = (0, 4): n_0 A n_1 = 2.5 · 2 + 1.5 · 4 = 11, twice, less τ times 8 blocks.
        double crowding = 2 * (2 * 11 - 2.1 * 8);
        assertEquals(blocks + borders + crowding, problem.objective(shares), 1e-12);
        CoMixupProblem lenient = new CoMixupProblem(2, cost, similarity, 0.1, 2, 3);
        assertEquals(blocks + borders, lenient.objective(shares), 1e-12);
        assertArrayEquals(new double[] {2.5, 0}, problem.crowding(new double[] {2, 1}), 1e-12);
    }

    /**
     * Over all labellings with whole and half blocks: 6 labels on 2 x 2 blocks of 2 outputs. One sweep shows how good the cuts
     * are; later ones also push apart outputs that use the same inputs, which the objective does not reward.
     */
    @ParameterizedTest
    @CsvSource({"1, 0.05", "4, 0.12"})
    void sweepsComeNearTheOptimumOfThreeInputsAndTwoOutputs(int sweeps, double meanGap, TestReporter reporter) {
        double gaps = 0;
        double largest = 0;
        int optimal = 0;
        for (int seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            CoMixupProblem problem = small(random);
            double found = problem.objective(shares(new CoMixupSweeps(problem, 2, random).run(sweeps), 3));
            double least = leastOfAll(problem);
            assertTrue(found >= least - 1e-9, "seed " + seed);
            double gap = (found - least) / Math.abs(least);
            gaps += gap;
            largest = Math.max(largest, gap);
            optimal += found < least + 1e-9 ? 1 : 0;
        }
        String result = String.format(
                "%d sweeps: optimal %d of 40, mean gap %.1f %%, largest %.1f %%",
                sweeps, optimal, 100 * gaps / 40, 100 * largest);
        reporter.publishEntry(result);
        assertTrue(gaps / 40 < meanGap, result);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 16, 20})
    void sweepsBeatRandomBlocksNoMixingAndInputMixup(int size) {
        for (int seed = 0; seed < 3; seed++) {
            INDArray images = RandomImages.nchw(seed, size, 3, 32, 32);
            INDArray maps = new GaussianBlur(7, 3).apply(new SpectralResidual().detect(images, DataFormat.NCHW));
            // With few inputs, mixing may not pay: the outputs are then the inputs, at the same cost.
            double margin = size > 7 ? 0.05 * size : -1e-9;
            assertTrue(gain(maps, seed) >= margin, "seed " + seed + ": " + gain(maps, seed));
        }
    }

    /** Returns how far the sweeps end below the best of random blocks, no mixing and Input Mixup. */
    private static double gain(INDArray maps, long seed) {
        int size = (int) maps.size(0);
        TileSaliency saliency = TileSaliency.of(maps, TileGrid.of(4, 32, 32));
        SplittableRandom random = new SplittableRandom(seed);
        CoMixupProblem problem = new CoMixupSettings().problem(saliency, 0, size, random);
        double best = problem.objective(shares(new CoMixupSweeps(problem, size, random.split()).run(0), size));
        for (double lambda : new double[] {1, 0.9, 0.5}) {
            best = Math.min(best, problem.objective(inputMixup(size, 16, lambda)));
        }
        return best - problem.objective(shares(new CoMixupSweeps(problem, size, random.split()).run(4), size));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 12, 18})
    void sweepsEqualThePlainOnes(int size) {
        for (int seed = 0; seed < 4; seed++) {
            INDArray maps = RandomImages.nchw(seed, size, 1, 32, 32).reshape(size, 32, 32);
            for (int side : new int[] {2, 4, 7}) {
                TileSaliency saliency = TileSaliency.of(maps.mul(maps).muli(maps), TileGrid.of(side, 32, 32));
                CoMixupSettings settings = new CoMixupSettings();
                settings.blocks = side;
                settings.exclusivity = seed;
                SplittableRandom random = new SplittableRandom(seed);
                CoMixupProblem problem = settings.problem(saliency, 0, size, random);
                BlockLabel[][] expected =
                        new PlainCoMixupSweeps(problem, size, new SplittableRandom(seed)).run(1 + seed);
                BlockLabel[][] found = new CoMixupSweeps(problem, size, new SplittableRandom(seed)).run(1 + seed);
                assertArrayEquals(expected, found, side + " blocks, seed " + seed);
            }
        }
    }

    private static double[][][] inputMixup(int size, int blocks, double lambda) {
        double[][][] shares = new double[size][blocks][size];
        for (int o = 0; o < size; o++) {
            for (double[] block : shares[o]) {
                block[o] += lambda;
                block[(o + 1) % size] += 1 - lambda;
            }
        }
        return shares;
    }

    private static CoMixupProblem small(SplittableRandom random) {
        double[][] cost = new double[3][];
        double[][] similarity = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        for (int k = 0; k < 3; k++) {
            double[] saliency = random.doubles(4).toArray();
            double sum = saliency[0] + saliency[1] + saliency[2] + saliency[3];
            cost[k] = new double[] {-saliency[0] / sum, -saliency[1] / sum, -saliency[2] / sum, -saliency[3] / sum};
        }
        return new CoMixupProblem(2, cost, similarity, 0.32 / 4, 1.0 / 4, 0.83 * 4);
    }

    private static double[][][] shares(BlockLabel[][] labels, int inputs) {
        double[][][] shares = new double[labels.length][labels[0].length][inputs];
        for (int o = 0; o < labels.length; o++) {
            for (int block = 0; block < labels[o].length; block++) {
                for (int k = 0; k < inputs; k++) {
                    shares[o][block][k] = labels[o][block].share(k);
                }
            }
        }
        return shares;
    }

    /**
     * Searches all labellings: the cost of one output depends on its blocks, that of a pair of outputs only on their counts.
     */
    private static double leastOfAll(CoMixupProblem problem) {
        List<BlockLabel> choices = BlockLabel.whole(3);
        choices.addAll(List.of(new BlockLabel(0, 1), new BlockLabel(0, 2), new BlockLabel(1, 2)));
        List<double[]> alone = new ArrayList<>(); // [energy, n_0, n_1, n_2]
        for (int code = 0; code < 1296; code++) {
            BlockLabel[] labels = new BlockLabel[4];
            int rest = code;
            for (int block = 0; block < 4; block++) {
                labels[block] = choices.get(rest % 6);
                rest /= 6;
            }
            double[][][] shares = shares(new BlockLabel[][] {labels}, 3);
            double[] one = new double[4];
            one[0] = problem.objective(shares);
            for (double[] block : shares[0]) {
                for (int k = 0; k < 3; k++) {
                    one[k + 1] += block[k];
                }
            }
            alone.add(one);
        }
        double least = Double.POSITIVE_INFINITY;
        for (double[] a : alone) {
            for (double[] b : alone) {
                double overlap = 2 * (a[1] * b[1] + a[2] * b[2] + a[3] * b[3]);
                double crowding = Math.max(0, overlap - 0.83 * 4 * 8);
                least = Math.min(least, a[0] + b[0] + problem.exclusivity() * crowding);
            }
        }
        return least;
    }
}

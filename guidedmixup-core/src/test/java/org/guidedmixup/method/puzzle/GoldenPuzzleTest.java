package org.guidedmixup.method.puzzle;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.guidedmixup.testing.ArrayAssertions.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.DoubleStream;
import org.guidedmixup.internal.graphcut.MinimumCut;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.internal.host.Prepared;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.LabelSmoothing;
import org.guidedmixup.testing.Golden;
import org.guidedmixup.testing.RandomImages;
import org.guidedmixup.tile.TileGrid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** PuzzleMix against reference arrays: the energy, its least value by exhaustive search, the mixed images. */
class GoldenPuzzleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"puzzle_three_labels_2x2_transport", "puzzle_two_labels_4x4", "puzzle_two_labels_4x4_transport"})
    void agreesWithTheReference(String name) throws IOException {
        Golden golden = new Golden(name);
        Properties parameters = new Properties();
        try (InputStream stream = GoldenPuzzleTest.class.getResourceAsStream("/golden/" + name + "/parameters.txt")) {
            parameters.load(stream);
        }
        INDArray images = golden.array("images");
        int m = (int) images.size(0);
        PuzzleSettings settings = new PuzzleSettings();
        settings.labels = Integer.parseInt(parameters.getProperty("n_labels"));
        settings.transport = Boolean.parseBoolean(parameters.getProperty("transport"));
        settings.emptyVacantPlaces = true;
        int side = Integer.parseInt(parameters.getProperty("block_num"));
        double lambda = Double.parseDouble(parameters.getProperty("lambda"));
        double[] deviation = new double[3];
        Arrays.fill(deviation, Double.parseDouble(parameters.getProperty("std")));
        TileGrid grid = TileGrid.of(side, 32, 32);
        Pairing pairing = Pairing.of(golden.array("pairing").toIntVector());
        PuzzleBatch batch = new PuzzleBatch(
                settings, grid, HostArray.reading(images), golden.array("saliency"), deviation, pairing);

        double[] prior = settings.prior(lambda, side);
        for (int i = 0; i < m; i++) {
            PuzzleEnergy energy = batch.energy(i);
            assertArrayEquals(values(golden.array("unary_first").slice(i)), energy.first(), 2e-6, "unary_first");
            assertArrayEquals(values(golden.array("unary_second").slice(i)), energy.second(), 2e-6, "unary_second");
            assertArrayEquals(
                    values(golden.array("pairwise_horizontal").slice(i)), energy.right(), 1e-7, "pairwise_horizontal");
            assertArrayEquals(
                    values(golden.array("pairwise_vertical").slice(i)), energy.down(), 1e-7, "pairwise_vertical");
            int[] labels = energy.minimize(prior, new MinimumCut(0));
            assertEquals(golden.array("minimum_energy").getDouble(i), energy.of(labels, prior), 1e-5, "minimum_energy");
        }

        BatchShape shape = BatchShape.of(images, RandomImages.labels(m, m), DataFormat.NCHW);
        PuzzlePlan plan = batch.plan(shape, lambda, new Prepared<>(), LabelSmoothing.NONE);
        assertClose(golden.array("mixed_images"), plan.mix(images), 2e-5, "mixed_images");
        assertClose(golden.array("ratio"), plan.mask().ratio(), 1e-6, "ratio");
        double[] ratio = values(golden.array("ratio"));
        double[] expected = new double[m * m];
        for (int i = 0; i < m; i++) {
            expected[i * m + i] = ratio[i];
            expected[i * m + pairing.partner(i)] += 1 - ratio[i];
        }
        double[] labels = values(plan.mixLabels(RandomImages.labels(m, m)));
        assertArrayEquals(expected, labels, 1e-6, "labels");
        assertEquals(m, DoubleStream.of(labels).sum(), 1e-6);
    }
}

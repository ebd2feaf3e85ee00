package org.guidedmixup.dl4j;

import static org.guidedmixup.dl4j.Batches.batches;
import static org.guidedmixup.dl4j.Batches.readEpoch;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.MixerChoice;
import org.guidedmixup.dl4j.saliency.Networks;
import org.guidedmixup.dl4j.samediff.MixupListener;
import org.guidedmixup.method.CutMix;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.pairing.GreedyPairing;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

class RepeatedEpochsTest {
    private static final int EPOCHS = 5;
    private static final BatchMixer GUIDED = GuidedMixup.builder().build();
    private static final BatchMixer DRAWING = GuidedMixup.builder()
            .mixProbability(1)
            .pairing(GreedyPairing.builder().drawnStart().build())
            .build();

    @Test
    void aSourceThatIsNotReshuffledIsToldOnce() {
        String warning = warnings(() -> read(new ExistingDataSetIterator(batches(3, 5)), GUIDED));
        assertEquals(1, warning.lines().count(), warning);
        assertTrue(
                warning.contains("GuidedMixup") && warning.contains("Reshuffle") && warning.contains("Epoch 1:"),
                warning);
        assertTrue(warning.contains("GreedyPairing.builder().drawnStart()"), warning);
        List<DataSet> examples =
                batches(3, 5).stream().flatMap(batch -> batch.asList().stream()).toList();
        String again = warnings(() -> read(new ListDataSetIterator<>(examples, 5), GUIDED));
        assertEquals(1, again.lines().count(), again);
    }

    @Test
    void ofAChoiceThoseThatRepeatAreNamed() {
        BatchMixer choice = MixerChoice.builder()
                .add(GUIDED, 1)
                .add(GuidedMixup.builder().seed(2).build(), 1)
                .add(CutMix.builder().build(), 0)
                .build();
        String warning = warnings(() -> read(new ExistingDataSetIterator(batches(3, 5)), choice));
        assertTrue(warning.contains("by GuidedMixup.") && !warning.contains("MixerChoice"), warning);
    }

    @Test
    void soAreTheIteratorOfMultiDataSetsAndTheListener() {
        String iterator = warnings(() -> {
            MultiDataSetIterator source = new MultiDataSetIteratorAdapter(new ExistingDataSetIterator(batches(3, 5)));
            MultiDataSetIterator mixed = new MixupMultiDataSetIterator(source, GUIDED);
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                mixed.reset();
                mixed.forEachRemaining(batch -> {});
            }
        });
        assertEquals(1, iterator.lines().count(), iterator);
        assertEquals(1, warnings(() -> fit(GUIDED)).lines().count());
        assertEquals("", warnings(() -> fit(DRAWING)));
    }

    private static void fit(BatchMixer mixer) {
        SameDiff graph = Networks.plainSameDiff();
        graph.setListeners(new MixupListener("input", "label", mixer));
        graph.fit(new ExistingDataSetIterator(batches(3, 5)), EPOCHS);
    }

    @Test
    void aSourceThatIsReshuffledIsNot() {
        DataSet all = DataSet.merge(batches(3, 5));
        MixupDataSetIterator mixed = new MixupDataSetIterator(new ViewIterator(all, 5), GUIDED);
        assertEquals("", warnings(() -> {
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                readEpoch(mixed);
                all.shuffle(epoch);
            }
        }));
    }

    /** They mix equal batches differently, so there is no warning. */
    @Test
    void mixersThatVaryAreNotWarnedOf() {
        for (BatchMixer mixer : List.of(
                InputMixup.builder().build(), CutMix.builder().mixProbability(1).build(), DRAWING)) {
            Set<Integer> versions = new HashSet<>();
            assertEquals("", warnings(() -> {
                MixupDataSetIterator mixed =
                        new MixupDataSetIterator(new ExistingDataSetIterator(batches(3, 5)), mixer);
                for (int epoch = 0; epoch < EPOCHS; epoch++) {
                    versions.add(Arrays.hashCode(values(readEpoch(mixed).get(0).getFeatures())));
                }
            }));
            assertTrue(versions.size() > 1, versions + " of " + mixer);
        }
    }

    /** Every epoch is the first of a new iterator: nothing can be compared, and all draw epoch 0. */
    @Test
    void newIteratorsDrawEpochZero() {
        List<DataSet> data = batches(2, 5);
        List<DataSet> first = readEpoch(new MixupDataSetIterator(new ExistingDataSetIterator(data), DRAWING));
        List<DataSet> second = readEpoch(new MixupDataSetIterator(new ExistingDataSetIterator(data), DRAWING));
        Batches.assertSameBits(first, second);
    }

    private static void read(DataSetIterator source, BatchMixer mixer) {
        MixupDataSetIterator mixed = new MixupDataSetIterator(source, mixer);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            readEpoch(mixed);
        }
    }

    /** Returns what slf4j-simple writes to System.err about this library. */
    private static String warnings(Runnable work) {
        PrintStream err = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(err);
        }
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("guidedmixup"))
                .reduce("", (all, line) -> all + line + "\n");
    }
}

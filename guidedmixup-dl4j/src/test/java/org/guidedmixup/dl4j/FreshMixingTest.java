package org.guidedmixup.dl4j;

import static org.guidedmixup.dl4j.Batches.assertSameBits;
import static org.guidedmixup.dl4j.Batches.batches;
import static org.guidedmixup.dl4j.Batches.readEpoch;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.method.InputMixup;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Every kind of source is mixed again in every epoch, the same way for the same seed, and is never modified. */
class FreshMixingTest {
    private static final int BATCHES = 4;
    private static final int IMAGES = 5;

    static Stream<Named<Function<List<DataSet>, DataSetIterator>>> sources() {
        return Stream.of(
                Named.of("ListDataSetIterator", data -> new ListDataSetIterator<>(examples(data), IMAGES)),
                Named.of("ExistingDataSetIterator", data -> new ExistingDataSetIterator(data)),
                Named.of("ViewIterator", data -> new ViewIterator(DataSet.merge(data), IMAGES)));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void everyEpochIsMixedAfresh(Function<List<DataSet>, DataSetIterator> source) {
        MixupDataSetIterator mixed = new MixupDataSetIterator(source.apply(batches(BATCHES, IMAGES)), mixer(1));
        List<DataSet> first = readEpoch(mixed);
        List<DataSet> second = readEpoch(mixed);
        assertEquals(BATCHES, first.size());
        assertEquals(BATCHES, second.size());
        for (int i = 0; i < BATCHES; i++) {
            assertDiffer(first.get(i).getFeatures(), second.get(i).getFeatures());
            assertDiffer(first.get(i).getLabels(), second.get(i).getLabels());
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void equalSeedsGiveEqualBits(Function<List<DataSet>, DataSetIterator> source) {
        MixupDataSetIterator one = new MixupDataSetIterator(source.apply(batches(BATCHES, IMAGES)), mixer(1));
        MixupDataSetIterator two = new MixupDataSetIterator(source.apply(batches(BATCHES, IMAGES)), mixer(1));
        MixupDataSetIterator other = new MixupDataSetIterator(source.apply(batches(BATCHES, IMAGES)), mixer(2));
        for (int epoch = 0; epoch < 3; epoch++) {
            List<DataSet> expected = readEpoch(one);
            assertSameBits(expected, readEpoch(two));
            assertDiffer(expected.get(0).getFeatures(), readEpoch(other).get(0).getFeatures());
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void sourceIsNotModified(Function<List<DataSet>, DataSetIterator> source) {
        List<DataSet> data = batches(BATCHES, IMAGES);
        DataSetIterator unmixed = source.apply(data);
        List<DataSet> before = readEpoch(unmixed);
        MixupDataSetIterator mixed = new MixupDataSetIterator(unmixed, mixer(1));
        for (int epoch = 0; epoch < 2; epoch++) {
            mixed.reset();
            while (mixed.hasNext()) {
                DataSet batch = mixed.next();
                batch.getFeatures().assign(-1);
                batch.getLabels().assign(-1);
            }
        }
        assertSameBits(before, readEpoch(unmixed));
        assertSameBits(batches(BATCHES, IMAGES), data);
    }

    @ParameterizedTest
    @MethodSource("sources")
    void unmixedBatchesBelongToTheCallerToo(Function<List<DataSet>, DataSetIterator> source) {
        List<DataSet> data = batches(BATCHES, IMAGES);
        MixupDataSetIterator unmixed = new MixupDataSetIterator(
                source.apply(data), InputMixup.builder().mixProbability(0).build());
        assertSameBits(data, readEpoch(unmixed));
        unmixed.reset();
        unmixed.next().getFeatures().assign(-1);
        assertSameBits(batches(BATCHES, IMAGES), data);
    }

    @ParameterizedTest
    @MethodSource("sources")
    void labelRowsStillSumToOne(Function<List<DataSet>, DataSetIterator> source) {
        MixupDataSetIterator mixed = new MixupDataSetIterator(source.apply(batches(BATCHES, IMAGES)), mixer(1));
        float[] ones = new float[IMAGES];
        Arrays.fill(ones, 1);
        for (DataSet batch : readEpoch(mixed)) {
            assertArrayEquals(ones, values(batch.getLabels().sum(1)), 1e-6f);
        }
    }

    private static BatchMixer mixer(long seed) {
        return InputMixup.builder().seed(seed).build();
    }

    private static List<DataSet> examples(List<DataSet> batches) {
        return batches.stream().flatMap(batch -> batch.asList().stream()).toList();
    }

    private static void assertDiffer(INDArray one, INDArray other) {
        assertFalse(Arrays.equals(values(one), values(other)), "arrays are equal");
    }
}

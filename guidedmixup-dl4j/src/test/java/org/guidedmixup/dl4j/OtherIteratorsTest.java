package org.guidedmixup.dl4j;

import static org.guidedmixup.dl4j.Batches.batches;
import static org.guidedmixup.dl4j.Batches.readEpoch;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.DataSetIteratorSplitter;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.datasets.iterator.IteratorDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.method.InputMixup;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.CachingDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.cache.InMemoryDataSetCache;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;

/** What our documentation says about other libraries' iterators. */
@SuppressWarnings("deprecation") // users have them
class OtherIteratorsTest {
    private static final BatchMixer MIXER = InputMixup.builder().seed(1).build();

    /** Returns how often a preprocessor ran in each of three epochs over two batches. */
    private static List<Integer> calls(Function<List<DataSet>, DataSetIterator> epoch) {
        int[] calls = {0};
        List<DataSet> data = batches(2, 4);
        return IntStream.range(0, 3)
                .mapToObj(i -> {
                    int before = calls[0];
                    DataSetIterator iterator = epoch.apply(data);
                    iterator.setPreProcessor(batch -> calls[0]++);
                    while (iterator.hasNext()) {
                        iterator.next();
                    }
                    return calls[0] - before;
                })
                .toList();
    }

    @Test
    void someRunAPreprocessorOnceOnEveryDataSet() {
        assertEquals(List.of(2, 0, 0), calls(ExistingDataSetIterator::new));
        assertEquals(List.of(2, 0, 0), calls(data -> new IteratorDataSetIterator(data.iterator(), 4)));
    }

    @Test
    void thoseThatMakeNewDataSetsRunItInEveryEpoch() {
        assertEquals(
                List.of(2, 2, 2),
                calls(data -> new ListDataSetIterator<>(DataSet.merge(data).asList(), 4)));
        assertEquals(List.of(2, 2, 2), calls(data -> new ViewIterator(DataSet.merge(data), 4)));
        assertEquals(List.of(1, 1, 1), calls(data -> new IteratorDataSetIterator(data.iterator(), 8)));
    }

    /** A preprocessor that halves in place halves again in every epoch. */
    @Test
    void listDataSetIteratorHandsOutTheExampleItselfInBatchesOfOne() {
        List<DataSet> examples = batches(2, 1);
        float[] original = values(examples.get(0).getFeatures());
        ListDataSetIterator<DataSet> one = new ListDataSetIterator<>(examples, 1);
        one.setPreProcessor(batch -> batch.getFeatures().muli(0.5));
        readEpoch(one);
        float[] second = values(readEpoch(one).get(0).getFeatures());
        assertEquals(original[0] / 4, second[0], 1e-6f);
        ListDataSetIterator<DataSet> two = new ListDataSetIterator<>(batches(2, 1), 2);
        two.setPreProcessor(batch -> batch.getFeatures().muli(0.5));
        readEpoch(two);
        assertEquals(original[0] / 2, values(readEpoch(two).get(0).getFeatures())[0], 1e-6f);
    }

    /** Mixing modifies none of them: with the iterator, each gives newly mixed batches of the same originals. */
    @Test
    void theMixingIteratorMixesAllOfThemAfresh() {
        List<DataSet> data = batches(2, 4);
        for (DataSetIterator source : List.of(
                new ExistingDataSetIterator(data),
                new ListDataSetIterator<>(DataSet.merge(data).asList(), 4),
                new ViewIterator(DataSet.merge(data), 4))) {
            MixupDataSetIterator mixed = new MixupDataSetIterator(source, MIXER);
            assertFalse(sameImages(readEpoch(mixed), readEpoch(mixed)));
            assertArrayEquals(
                    values(data.get(0).getFeatures()),
                    values(readEpoch(source).get(0).getFeatures()));
        }
    }

    private static boolean sameImages(List<DataSet> one, List<DataSet> other) {
        return Arrays.equals(
                values(DataSet.merge(one).getFeatures()),
                values(DataSet.merge(other).getFeatures()));
    }

    private static DataSetIterator source() {
        return new ExistingDataSetIterator(batches(4, 4));
    }

    private static DataSetIterator mixed(DataSetIterator source) {
        return new MixupDataSetIterator(source, MIXER);
    }

    @Test
    void aCacheGoesInside() {
        DataSetIterator outside = new CachingDataSetIterator(mixed(source()), new InMemoryDataSetCache());
        assertTrue(sameImages(readEpoch(outside), readEpoch(outside)), "the first epoch is repeated");
        DataSetIterator inside = mixed(new CachingDataSetIterator(source(), new InMemoryDataSetCache()));
        assertFalse(sameImages(readEpoch(inside), readEpoch(inside)));
    }

    @Test
    void aSplitterGoesInside() {
        List<DataSet> whole = readEpoch(source()).subList(2, 4);
        assertFalse(sameImages(whole, testPart(mixed(source()), part -> part)), "images to evaluate on are mixed");
        assertTrue(sameImages(whole, testPart(source(), OtherIteratorsTest::mixed)));
    }

    /** Returns the test part of a split, after an epoch of training on the other part. */
    private static List<DataSet> testPart(DataSetIterator all, UnaryOperator<DataSetIterator> training) {
        DataSetIteratorSplitter splitter = new DataSetIteratorSplitter(all, 4, 0.5);
        assertEquals(
                2, Batches.read(training.apply(splitter.getTrainIterator())).size());
        return Batches.read(splitter.getTestIterator());
    }

    @Test
    void aNormaliserIsFittedOnTheSource() {
        NormalizerStandardize ofSource = new NormalizerStandardize();
        ofSource.fit(source());
        NormalizerStandardize ofMixed = new NormalizerStandardize();
        ofMixed.fit(mixed(source()));
        double spread = ofSource.getStd().meanNumber().doubleValue();
        assertTrue(ofMixed.getStd().meanNumber().doubleValue() < 0.9 * spread, "mixed images vary less");
    }

    /** Such an iterator has then used up epoch 0. */
    @Test
    void readingAheadBeginsAtOnce() {
        MixupDataSetIterator mixed = new MixupDataSetIterator(new AsyncSource(batches(2, 4)), MIXER);
        AsyncDataSetIterator ahead = new AsyncDataSetIterator(mixed);
        assertTrue(ahead.hasNext());
        ahead.reset();
        assertNotEquals(0, mixed.epoch());
        ahead.shutdown();
    }
}

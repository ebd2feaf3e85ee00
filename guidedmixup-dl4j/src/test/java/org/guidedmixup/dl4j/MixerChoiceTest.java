package org.guidedmixup.dl4j;

import static org.guidedmixup.dl4j.Batches.batches;
import static org.guidedmixup.dl4j.Batches.readEpoch;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.guidedmixup.MixerChoice;
import org.guidedmixup.dl4j.saliency.Networks;
import org.guidedmixup.dl4j.samediff.MixupListener;
import org.guidedmixup.method.CutMix;
import org.guidedmixup.method.InputMixup;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** The choice of a mixer in an iterator, a preprocessor and a listener. */
class MixerChoiceTest {
    private static final int EPOCHS = 4;
    private final List<DataSet> data = batches(3, 5);
    private final MixerChoice choice = MixerChoice.builder()
            .add(InputMixup.builder().seed(1).build(), 1)
            .add(CutMix.builder().mixProbability(1).seed(2).build(), 1)
            .seed(3)
            .build();

    @Test
    void iterator() {
        MixupDataSetIterator mixed = new MixupDataSetIterator(new ExistingDataSetIterator(data), choice);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            List<DataSet> read = readEpoch(mixed);
            for (int batch = 0; batch < data.size(); batch++) {
                assertArrayEquals(expected(epoch, batch), values(read.get(batch).getFeatures()));
            }
        }
    }

    @Test
    void preProcessor() {
        MixupPreProcessor preProcessor = new MixupPreProcessor(choice);
        for (int batch = 0; batch < data.size(); batch++) {
            DataSet given = data.get(batch).copy();
            preProcessor.preProcess(given);
            assertArrayEquals(expected(0, batch), values(given.getFeatures()));
        }
        MixerChoice withNetwork = MixerChoice.builder()
                .add(choice, 1)
                .add(new UsesNetwork(choice), 1)
                .build();
        assertThrows(IllegalArgumentException.class, () -> new MixupPreProcessor(withNetwork));
    }

    @Test
    void listener() {
        SameDiff graph = Networks.plainSameDiff();
        List<float[]> seen = new ArrayList<>();
        List<At> when = new ArrayList<>();
        graph.setListeners(new MixupListener("input", "label", choice), new BaseListener() {
            @Override
            public boolean isActive(Operation operation) {
                return operation == Operation.TRAINING;
            }

            @Override
            public void iterationStart(SameDiff sameDiff, At at, MultiDataSet batch, long etlTimeMs) {
                seen.add(values(batch.getFeatures(0)));
                when.add(at.copy());
            }
        });
        graph.fit(new ExistingDataSetIterator(data), EPOCHS);
        for (int step = 0; step < EPOCHS * data.size(); step++) {
            At at = when.get(step);
            INDArray images = data.get(step % data.size()).getFeatures();
            INDArray labels = data.get(step % data.size()).getLabels();
            INDArray mixed = choice.chosen(at.epoch(), at.iteration())
                    .plan(images, labels, at.epoch(), at.iteration())
                    .mix(images);
            assertArrayEquals(values(mixed), seen.get(step));
        }
    }

    private float[] expected(int epoch, int batch) {
        INDArray images = data.get(batch).getFeatures();
        INDArray labels = data.get(batch).getLabels();
        return values(
                choice.chosen(epoch, batch).plan(images, labels, epoch, batch).mix(images));
    }
}

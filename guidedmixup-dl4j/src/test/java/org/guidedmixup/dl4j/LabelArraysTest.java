package org.guidedmixup.dl4j;

import static org.guidedmixup.dl4j.Batches.batch;
import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.dl4j.samediff.MixupListener;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.plan.MixPlan;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.adapter.SingletonMultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Several label arrays of one batch, and weights of images in the loss. */
class LabelArraysTest {
    private static final BatchMixer MIXER =
            InputMixup.builder().labelSmoothing(0.2).seed(7).build();

    /** Returns labels for classes, for one sigmoid output and, last, an array that is not mixed. */
    private static MultiDataSet tasks() {
        DataSet classes = batch(4, 1);
        INDArray outdoors = Nd4j.createFromArray(0f, 1f, 1f, 0f).reshape(4, 1);
        INDArray other = Nd4j.ones(DataType.FLOAT, 4, 2);
        return new MultiDataSet(
                new INDArray[] {classes.getFeatures()}, new INDArray[] {classes.getLabels(), outdoors, other});
    }

    private static INDArray weights() {
        return Nd4j.createFromArray(0f, 1f, 2f, 5f).reshape(4, 1);
    }

    @Test
    void tasksAreMixedByOnePlan() {
        MultiDataSet data = tasks();
        MixPlan plan = MIXER.plan(data.getFeatures(0), data.getLabels(0), 0, 0);
        var mixed = new MixupMultiDataSetIterator(new SingletonMultiDataSetIterator(data), MIXER, 0, 0, 1).next();
        assertArrayEquals(values(plan.mixLabels(data.getLabels(0))), values(mixed.getLabels(0)));
        assertArrayEquals(values(plan.mixLabels(data.getLabels(1))), values(mixed.getLabels(1)));
        assertSame(data.getLabels(2), mixed.getLabels(2));

        MultiDataSet given = tasks();
        new MixupMultiDataSetPreProcessor(MIXER, 0, 0, 1).preProcess(given);
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(values(mixed.getLabels(i)), values(given.getLabels(i)), "labels " + i);
        }
    }

    @Test
    void everyTaskIsChecked() {
        MultiDataSet data = tasks();
        data.setLabels(1, Nd4j.createFromArray(3f, 0f, 1f, 0f).reshape(4, 1));
        var iterator = new MixupMultiDataSetIterator(new SingletonMultiDataSetIterator(data), MIXER, 0, 0, 1);
        String indices =
                assertThrows(IllegalArgumentException.class, iterator::next).getMessage();
        assertTrue(indices.contains("labels [4, 1]: class indices"), indices);
        var source = new SingletonMultiDataSetIterator(data);
        assertThrows(IllegalArgumentException.class, () -> new MixupMultiDataSetIterator(source, MIXER, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new MixupMultiDataSetIterator(source, MIXER, 0));
    }

    @Test
    void weightsOfImagesAreMixedAndNotSmoothed() {
        DataSet data = batch(4, 1);
        data.setLabelsMaskArray(weights());
        MixPlan plan = MIXER.plan(data.getFeatures(), data.getLabels(), 0, 0);
        float[] expected = values(plan.mixWeights(weights()));
        DataSet mixed = new MixupDataSetIterator(new ExistingDataSetIterator(List.of(data)), MIXER).next();
        assertArrayEquals(expected, values(mixed.getLabelsMaskArray()));
        assertEquals(weights(), data.getLabelsMaskArray());

        MultiDataSet tasks = tasks();
        tasks.setLabelsMaskArray(new INDArray[] {weights(), weights(), null});
        var several = new MixupMultiDataSetIterator(new SingletonMultiDataSetIterator(tasks), MIXER, 0, 0, 1).next();
        assertArrayEquals(expected, values(several.getLabelsMaskArray(0)));
        assertArrayEquals(expected, values(several.getLabelsMaskArray(1)));

        DataSet given = batch(4, 1);
        given.setLabelsMaskArray(weights());
        new MixupPreProcessor(MIXER).preProcess(given);
        assertArrayEquals(expected, values(given.getLabelsMaskArray()));
    }

    @Test
    void unmixedWeightsAreCopies() {
        BatchMixer never = InputMixup.builder().mixProbability(0).build();
        DataSet data = batch(4, 1);
        data.setLabelsMaskArray(weights());
        DataSet same = new MixupDataSetIterator(new ExistingDataSetIterator(List.of(data)), never).next();
        assertEquals(weights(), same.getLabelsMaskArray());
        assertNotSame(data.getLabelsMaskArray(), same.getLabelsMaskArray());
    }

    @Test
    void listenersMixWeightsAndPutThemBack() {
        SameDiff graph = SameDiff.create();
        SDVariable input = graph.placeHolder("input", DataType.FLOAT, -1, 2, 8, 6);
        SDVariable label = graph.placeHolder("label", DataType.FLOAT, -1, 3);
        SDVariable weight = graph.placeHolder("weight", DataType.FLOAT, -1, 1);
        SDVariable logits = graph.reshape(input, -1, 96).mmul(graph.var("weights", Nd4j.rand(DataType.FLOAT, 96, 3)));
        graph.loss.softmaxCrossEntropy("loss", label, logits, graph.reshape(weight, -1));
        graph.setLossVariables("loss");
        graph.setTrainingConfig(TrainingConfig.builder()
                .updater(new Sgd(0.01))
                .dataSetFeatureMapping("input")
                .dataSetLabelMapping("label")
                .dataSetLabelMaskMapping("weight")
                .build());
        DataSet data = batch(4, 1);
        MultiDataSet given = new MultiDataSet(
                new INDArray[] {data.getFeatures()}, new INDArray[] {data.getLabels()}, null, new INDArray[] {weights()
                });
        List<float[]> seen = new ArrayList<>();
        MixupListener listener = new MixupListener("input", "label", MIXER);
        listener.iterationStart(graph, At.builder().build(), given, 0);
        seen.add(values(given.getLabelsMaskArray(0)));
        listener.iterationDone(graph, At.builder().build(), given, null);
        MixPlan plan = MIXER.plan(data.getFeatures(), data.getLabels(), 0, 0);
        assertArrayEquals(values(plan.mixWeights(weights())), seen.get(0));
        assertEquals(weights(), given.getLabelsMaskArray(0));
        graph.setListeners(listener);
        graph.fit(given);
    }
}

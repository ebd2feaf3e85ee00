package org.guidedmixup.bench.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.model.ImageShape;
import org.guidedmixup.bench.model.RandomBatch;
import org.guidedmixup.bench.model.SmallResNet;
import org.guidedmixup.bench.model.batchnorm.HostSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class EvaluationTest {
    @BeforeAll
    static void installHostSession() {
        HostSession.install();
    }

    private static final int CLASSES = 8;

    /** Gives scores 7, 6, …, 0 for every image. */
    private static ImageModel scoring(float... bias) {
        ImageModel model = ImageModel.builder()
                .architecture(new SmallResNet(2))
                .input(1, 8, 8)
                .classes(CLASSES)
                .build();
        model.parameters().get("logits.weight").assign(0);
        model.parameters().get("logits.bias").assign(Nd4j.createFromArray(bias));
        return model;
    }

    /** One image of each class, in two batches of different size. */
    private static List<DataSet> oneOfEach() {
        INDArray images =
                RandomBatch.of(1, CLASSES, new ImageShape(1, 8, 8), CLASSES).getFeatures();
        DataSet all = new DataSet(images, Nd4j.eye(CLASSES).castTo(DataType.FLOAT));
        return List.of((DataSet) all.getRange(0, 3), (DataSet) all.getRange(3, CLASSES));
    }

    @Test
    void countsTheHighestAndTheFiveHighest() {
        Accuracy accuracy =
                Evaluation.accuracy(scoring(7, 6, 5, 4, 3, 2, 1, 0), oneOfEach().iterator());
        assertEquals(new Accuracy(1.0 / 8, 5.0 / 8, 8), accuracy);
    }

    @Test
    void equalScoresAreChance() {
        Accuracy accuracy =
                Evaluation.accuracy(scoring(0, 0, 0, 0, 0, 0, 0, 0), oneOfEach().iterator());
        assertEquals(new Accuracy(1.0 / 8, 5.0 / 8, 8), accuracy);
    }

    @Test
    void notANumberIsWrong() {
        float nan = Float.NaN;
        Accuracy accuracy = Evaluation.accuracy(
                scoring(nan, nan, nan, nan, nan, nan, nan, nan), oneOfEach().iterator());
        assertEquals(new Accuracy(0, 0, 8, 8), accuracy);
    }

    /** It is not counted among the first five of two either, nor because of the number beside it. */
    @Test
    void notANumberIsWrongHoweverFewClassesThereAre() {
        for (float[] bias : new float[][] {{Float.NaN, Float.NaN}, {Float.NaN, 1}, {1, Float.NaN}}) {
            ImageModel model = ImageModel.builder()
                    .architecture(new SmallResNet(2))
                    .input(1, 8, 8)
                    .classes(2)
                    .build();
            model.parameters().get("logits.weight").assign(0);
            model.parameters().get("logits.bias").assign(Nd4j.createFromArray(bias));
            DataSet batch = new DataSet(
                    RandomBatch.of(1, 2, new ImageShape(1, 8, 8), 2).getFeatures(),
                    Nd4j.eye(2).castTo(DataType.FLOAT));
            assertEquals(
                    new Accuracy(0, 0, 2, 2),
                    Evaluation.accuracy(model, List.of(batch).iterator()));
        }
    }
}

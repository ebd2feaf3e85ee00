package org.guidedmixup.bench.training;

import java.util.Iterator;
import org.guidedmixup.bench.model.ImageModel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Measures a model, with running statistics, on labelled images. */
public final class Evaluation {

    private static final int TOP = 5;

    private Evaluation() {}

    /**
     * Measures top-1 and top-5 accuracy. A class that precedes the right one with an equal score counts as higher, so a
     * constant output scores as chance. The right class of soft labels is their largest. An image with a score that is
     * not a number is wrong, however few classes there are.
     *
     * @param model   not modified
     * @param batches features [N, C, H, W], labels [N, K]
     * @return accuracy, zero of zero images if there are none
     */
    public static Accuracy accuracy(ImageModel model, Iterator<DataSet> batches) {
        long examples = 0;
        long first = 0;
        long amongTop = 0;
        long undefined = 0;
        while (batches.hasNext()) {
            DataSet batch = batches.next();
            INDArray logits = model.logits(batch.getFeatures());
            float[][] scores = logits.toFloatMatrix();
            logits.close();
            float[][] labels = batch.getLabels().toFloatMatrix();
            for (int i = 0; i < scores.length; i++) {
                if (hasNan(scores[i])) {
                    undefined++;
                    continue;
                }
                int rank = rank(scores[i], largest(labels[i]));
                first += rank == 0 ? 1 : 0;
                amongTop += rank < TOP ? 1 : 0;
            }
            examples += scores.length;
        }
        long divisor = Math.max(1, examples);
        return new Accuracy((double) first / divisor, (double) amongTop / divisor, examples, undefined);
    }

    /** Returns how many classes score higher than the right one. */
    private static int rank(float[] scores, int right) {
        int higher = 0;
        for (int k = 0; k < scores.length; k++) {
            boolean lower = scores[k] < scores[right] || (scores[k] == scores[right] && k >= right);
            higher += lower ? 0 : 1;
        }
        return higher;
    }

    private static boolean hasNan(float[] scores) {
        for (float score : scores) {
            if (Float.isNaN(score)) {
                return true;
            }
        }
        return false;
    }

    private static int largest(float[] values) {
        int largest = 0;
        for (int k = 1; k < values.length; k++) {
            largest = values[k] > values[largest] ? k : largest;
        }
        return largest;
    }
}

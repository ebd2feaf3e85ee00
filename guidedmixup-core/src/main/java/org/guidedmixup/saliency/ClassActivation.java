package org.guidedmixup.saliency;

import java.util.Arrays;
import org.guidedmixup.filter.BilinearResize;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.internal.Views;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.BooleanIndexing;
import org.nd4j.linalg.indexing.conditions.Conditions;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Class activation maps: where in an image the evidence for its class is, according to a network that scores classes by a
 * linear layer over the means of its last feature maps. CAM = Σ_c w_c,k · ReLU(f_c) for class k, resized bilinearly to the
 * image, minus its minimum, divided by its sum.
 *
 * <p>O(M C h w + M H W). The bias of the linear layer is left out: it adds the same to all pixels of a map, and is
 * subtracted again with the minimum. Zhou, Khosla, Lapedriza, Oliva and Torralba, "Learning Deep Features for Discriminative
 * Localization", CVPR 2016; ReLU, minimum and sum as in the code released by Huang, Wang and Tao 2021 (SnapMix).
 */
public final class ClassActivation {
    /** How far the sum of a row may be from 1, because half precision rounds. */
    private static final double SUM_TOLERANCE = 0.01;

    private ClassActivation() {}

    /**
     * Computes the map of every image's class.
     *
     * @param features the last feature maps [M, C, h, w], floating point. Not modified.
     * @param weights the weights of the linear layer [C, K], floating point. Not modified.
     * @param labels [M, K], K of at least 2; the class of an image is the first of its largest labels. A row sums to 1 or has a
     *     single label. Not modified.
     * @param height H of the images
     * @param width W of the images
     * @return a new array [M, H, W], FLOAT, not negative, outside any workspace; each map sums to 1, but a constant map becomes
     *     0 everywhere, and a map is not finite where its features are not
     * @throws IllegalArgumentException if the sizes do not match, or a row does not identify a class
     */
    public static INDArray of(INDArray features, INDArray weights, INDArray labels, int height, int width) {
        requireFitting(features, weights, labels);
        try (MemoryWorkspace scratch = Scratch.open(ClassActivation.class)) {
            INDArray columns = Views.toBeCut(weights.castTo(DataType.FLOAT));
            INDArray evidence = evidence(features, columns, classes(labels));
            INDArray maps = new BilinearResize(height, width).apply(evidence);
            maps.subi(maps.min(true, 1, 2));
            INDArray sums = maps.sum(true, 1, 2);
            BooleanIndexing.replaceWhere(sums, 1, Conditions.equals(0));
            return maps.divi(sums).detach();
        }
    }

    /** Computes Σ_c w_c,k · ReLU(f_c), [M, h, w]. */
    private static INDArray evidence(INDArray features, INDArray weights, long[] classes) {
        long m = features.size(0);
        long channels = features.size(1);
        long h = features.size(2);
        long w = features.size(3);
        INDArray active = Transforms.relu(features.castTo(DataType.FLOAT).dup('c'), false);
        INDArray maps = Nd4j.createUninitialized(DataType.FLOAT, new long[] {m, h, w}, 'c');
        for (int i = 0; i < m; i++) {
            INDArray ofClass = weights.getColumn(classes[i]).reshape(1, channels);
            INDArray pixels = active.slice(i).reshape('c', channels, h * w);
            maps.slice(i).assign(ofClass.mmul(pixels).reshape('c', h, w));
        }
        return maps;
    }

    private static long[] classes(INDArray labels) {
        String got = "labels " + Arrays.toString(labels.shape());
        if (labels.size(1) == 1) {
            throw new IllegalArgumentException(
                    got + ": class activation maps need the class of every image, which one column "
                            + "(a sigmoid output) does not identify; expected a column for each of two classes, and softmax");
        }
        INDArray rows = labels.castTo(DataType.FLOAT);
        float[] sums = rows.sum(1).toFloatVector();
        float[] largest = rows.max(1).toFloatVector();
        for (int i = 0; i < sums.length; i++) {
            float sum = sums[i];
            boolean isDistribution = Math.abs(sum - 1) < SUM_TOLERANCE;
            boolean isOneLabel = sum > 0 && largest[i] == sum;
            if (!isDistribution && !isOneLabel) {
                throw new IllegalArgumentException(
                        got + ": class activation maps need the class of every image, but row " + i + " sums to " + sum
                                + ", as multi-label rows do; expected one-hot or soft rows that sum to 1");
            }
        }
        return rows.argMax(1).toLongVector();
    }

    private static void requireFitting(INDArray features, INDArray weights, INDArray labels) {
        boolean fits = features.rank() == 4
                && weights.rank() == 2
                && labels.rank() == 2
                && features.size(1) == weights.size(0)
                && labels.size(1) == weights.size(1)
                && labels.size(0) == features.size(0);
        if (!fits) {
            throw new IllegalArgumentException("features " + Arrays.toString(features.shape()) + ", weights "
                    + Arrays.toString(weights.shape()) + " and labels " + Arrays.toString(labels.shape())
                    + ": expected [M, C, h, w], [C, K] and [M, K]");
        }
    }
}

package org.guidedmixup.bench.pairings;

import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.guidedmixup.mask.MixMask;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.PairingStrategy;
import org.guidedmixup.pairing.SaliencyDistance;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * How a pairing strategy affects masks and labels.
 *
 * @param contrast the standard deviation of the mask within an image, mean over images; 0 if every pixel is mixed alike
 * @param ratioSpread the standard deviation over images of the ratio that weighs the labels
 * @param likeness how alike an image and its partner are in how concentrated their saliency is: the correlation over
 *     the pairs of a batch of the logarithm of the normalised map's Euclidean norm, mean over batches; 0 for unrelated
 *     images
 */
public record PairedMasks(double contrast, double ratioSpread, double likeness) {

    /**
     * Pairs every batch and measures the masks.
     *
     * @param maps the normalised saliencies of each batch, [M, H, W], at least one batch. Not modified.
     * @param strategy how to pair
     * @param seed of random pairs
     * @return the means
     */
    public static PairedMasks of(List<INDArray> maps, PairingStrategy strategy, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SummaryStatistics contrast = new SummaryStatistics();
        SummaryStatistics ratio = new SummaryStatistics();
        SummaryStatistics likeness = new SummaryStatistics();
        for (INDArray batch : maps) {
            Pairing pairs = strategy.pair((int) batch.size(0), () -> SaliencyDistance.between(batch), random);
            MixMask mask = MixMask.ofSaliency(batch, pairs);
            addAll(contrast, mask.weights().std(false, 1, 2));
            addAll(ratio, mask.ratio());
            likeness.addValue(likeness(Transforms.log(batch.norm2(1, 2)), pairs));
        }
        return new PairedMasks(contrast.getMean(), ratio.getStandardDeviation(), likeness.getMean());
    }

    private static void addAll(SummaryStatistics statistics, INDArray values) {
        for (double value : values.toDoubleVector()) {
            statistics.addValue(value);
        }
    }

    private static double likeness(INDArray concentration, Pairing pairs) {
        double[] source = concentration.toDoubleVector();
        double[] target = new double[source.length];
        for (int i = 0; i < source.length; i++) {
            target[i] = source[pairs.partner(i)];
        }
        return new PearsonsCorrelation().correlation(source, target);
    }
}

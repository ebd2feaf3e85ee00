package org.guidedmixup.bench.model;

import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/** The loss that training minimises, of labels that are class probabilities. */
public enum TrainingLoss {
    /** Cross entropy of the softmax, mean over the batch. */
    CE {
        @Override
        void add(SameDiff graph, SDVariable label, SDVariable logits, int classes) {
            graph.loss().softmaxCrossEntropy(ImageModel.LOSS, label, logits, null);
        }
    },
    /**
     * Binary cross entropy of the softmax, mean over batch and classes: {@code -mean(y log p + (1 - y) log(1 - p))}, which
     * the released code of the paper minimises on CIFAR-100 and Tiny-ImageNet ({@code BCELoss(softmax(logits), labels)}). For
     * one-hot labels its gradient is about (1 + p) / K of that of {@link #CE}, with p the probability of the right class.
     *
     * <p>1 - p is computed as the sum of the other classes' probabilities: the difference would be 0 where p rounds to 1.
     */
    BCE {
        @Override
        void add(SameDiff graph, SDVariable label, SDVariable logits, int classes) {
            // Not logSoftmax: SameDiff's gradient of it fails where its dimension is given, and for a probability that
            // underflows it is -Infinity, of which a label of 0 makes NaN.
            SDVariable shifted = logits.sub(logits.max(true, 1));
            SDVariable logProbability =
                    shifted.sub(graph.math().log(graph.math().exp(shifted).sum(true, 1)));
            SDVariable others = graph.constant(Nd4j.ones(classes, classes).subi(Nd4j.eye(classes)));
            SDVariable complement = graph.math().exp(logProbability).mmul(others);
            // The smallest normal number keeps the logarithm finite, and changes no probability above 1e-30.
            SDVariable logComplement = graph.math().log(complement.add(Float.MIN_NORMAL));
            SDVariable likelihood = label.mul(logProbability).add(label.rsub(1).mul(logComplement));
            likelihood.mean().neg(ImageModel.LOSS);
        }
    };

    /**
     * Adds the scalar {@value ImageModel#LOSS} to a graph.
     *
     * @param graph the graph
     * @param label [N, K], rows of probabilities
     * @param logits [N, K]
     * @param classes K
     */
    abstract void add(SameDiff graph, SDVariable label, SDVariable logits, int classes);

    /** Returns the name on a command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

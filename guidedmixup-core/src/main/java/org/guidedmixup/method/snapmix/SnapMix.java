package org.guidedmixup.method.snapmix;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.guidedmixup.Batch;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.mask.Box;
import org.guidedmixup.method.BetaMixer;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.RandomPairing;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.LabelKind;
import org.guidedmixup.plan.MixPlan;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * SnapMix: a box of the partner is resized into another box of the image, and labels are weighted by how much of the evidence
 * for its class each image loses or contributes. Two λ ~ Beta(α, α) per batch give the two boxes, drawn as in CutMix; if either
 * is empty, nothing is mixed.
 *
 * <p>The label becomes ρ_a y + ρ_b y_p. With maps that each sum to 1, ρ_a is 1 minus the sum of the image's own map over the
 * box that is pasted over, and ρ_b the sum of the partner's map over the box that is cut out. <b>They need not sum to 1.</b>
 * Between images of the same class both weights are ρ_a + ρ_b. A map whose sum is 0 or not finite is replaced by the share of
 * pixels: ρ_a is then 1 minus the area share of the box that is pasted over, and ρ_b is that share.
 *
 * <p>The maps are class activation maps of the network in training: set {@link Builder#saliency} to a {@code
 * ClassActivationMap} of guidedmixup-dl4j, or to a detector of your own. The detector's maps are used as they are; the blur
 * applies only to a pairing by saliency. Without a network, the default detector is used.
 *
 * <p>The loss must accept label rows of any sum: in Deeplearning4j {@code new LossMCXENT(Nd4j.ones(1, classes))}, because
 * without weights the gradient of LossMCXENT is correct only for rows that sum to 1.
 *
 * <p>Huang, Wang and Tao, "SnapMix: Semantically Proportional Mixing for Augmenting Fine-grained Data", AAAI 2021.
 */
public final class SnapMix extends BetaMixer {
    private static final long serialVersionUID = 1L;

    private SnapMix(Builder builder) {
        super(builder);
    }

    /**
     * Starts a builder with α = 5, random partners and every batch mixed.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    protected MixPlan draw(Batch batch, RandomGenerator random) {
        BatchShape shape = batch.shape();
        double lambda = drawLambda(random);
        double partnerLambda = drawLambda(random);
        Box pasted = drawBox(lambda, shape, random);
        Box cut = drawBox(partnerLambda, shape, random);
        if (pasted.isEmpty() || cut.isEmpty()) {
            return unmixed(shape);
        }
        Pairing pairing = pair(batch, random);
        long[] classes = batch.labels().argMax(1).toLongVector();
        SnapMixWeights weights = SnapMixWeights.of(batch.foundSaliency(), classes, pairing, pasted, cut);
        return new SnapMixPlan(shape, pairing, pasted, cut, weights, unmixed(shape));
    }

    /**
     * Refuses labels that are not distributions over classes. The label weights need not sum to 1, which only rows over classes
     * can express: with independent labels, the weight of an image and the presence of a label would be the same number.
     */
    @Override
    protected void requireMixable(Batch batch) {
        batch.requireOneLabelPerImage("SnapMix weighs one label row per image");
        INDArray labels = batch.labels();
        if (labelKind(labels) == LabelKind.MULTI_LABEL) {
            String what = labels.size(1) == 1 ? "one column" : "multi-label rows (a row that does not sum to 1)";
            throw new IllegalArgumentException(
                    "labels " + Arrays.toString(labels.shape()) + ": SnapMix needs the class of an "
                            + "image and cannot mix " + what
                            + "; expected rows over at least two classes that sum to 1 (softmax instead "
                            + "of sigmoid outputs), or use another method; labelKind(CLASSES) takes rows of any other sum above 0");
        }
        try (MemoryWorkspace scratch = Scratch.open(SnapMix.class)) {
            if (labels.castTo(DataType.FLOAT).max(1).minNumber().doubleValue() <= 0) {
                throw new IllegalArgumentException("labels " + Arrays.toString(labels.shape())
                        + ": expected a class for every image, as SnapMix needs, but a row is 0 everywhere");
            }
        }
    }

    @Override
    protected boolean usesSaliency() {
        return true;
    }

    private static Box drawBox(double lambda, BatchShape shape, RandomGenerator random) {
        int row = random.nextInt(shape.height());
        int column = random.nextInt(shape.width());
        return Box.around(1 - lambda, row, column, shape.height(), shape.width());
    }

    /** The settings of {@link SnapMix}. */
    public static final class Builder extends BetaMixer.Builder<Builder> {

        private Builder() {
            super(1, new RandomPairing(), 5);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Makes the mixer.
         *
         * @return the mixer
         */
        public SnapMix build() {
            return new SnapMix(this);
        }
    }
}

package org.guidedmixup.bench.mixing;

import java.util.Optional;
import org.guidedmixup.dl4j.manifold.ManifoldPlan;
import org.guidedmixup.filter.GaussianBlur;
import org.guidedmixup.mask.Box;
import org.guidedmixup.method.snapmix.SnapMixPlan;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.SaliencyDistance;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MixedBatch;
import org.guidedmixup.plan.MosaicPlan;
import org.guidedmixup.plan.PairedPlan;
import org.guidedmixup.plan.SequencePlan;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.saliency.SaliencyNormalization;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * One batch, mixed by the library's own mixer, with every step of the method. Saliency is detected once and handed to the
 * mixer, so the maps shown are the maps it mixed by.
 *
 * @param saliency [M, H, W], if the method uses it
 * @param normalized blurred and normalised saliency [M, H, W], if the method uses it
 * @param distance [M, M], if the method pairs by it
 * @param plan what the mixer drew
 * @param mixed the result
 */
public record MixingSteps(
        Optional<INDArray> saliency,
        Optional<INDArray> normalized,
        Optional<INDArray> distance,
        MixPlan plan,
        MixedBatch mixed) {

    /**
     * Mixes a batch.
     *
     * @param method the method
     * @param settings what the method is told
     * @param images [M, C, H, W]. Not modified.
     * @param labels [M, K]. Not modified.
     * @return the steps
     * @throws IllegalArgumentException if images and labels are no batch
     */
    public static MixingSteps of(MixingMethod method, MixerSettings settings, INDArray images, INDArray labels) {
        Detected detected = new Detected(settings.saliency());
        MixPlan plan = method.mixer(settings.withSaliency(detected)).plan(images, labels);
        Optional<INDArray> saliency =
                method.usesSaliency() ? Optional.of(detected.maps(plan, images, labels)) : Optional.empty();
        Optional<INDArray> normalized = saliency.filter(maps -> method.usesNormalizedSaliency())
                .map(maps -> SaliencyNormalization.of(new GaussianBlur(7, 3).apply(maps))
                        .maps());
        Optional<INDArray> distance =
                normalized.filter(maps -> method.usesDistance()).map(SaliencyDistance::between);
        return new MixingSteps(saliency, normalized, distance, plan, plan.apply(images, labels));
    }

    /**
     * The target of every image.
     *
     * @return [M], INT, if images are paired
     */
    public Optional<INDArray> pairing() {
        Optional<Pairing> pairs = paired().map(PairedPlan::pairing);
        if (last() instanceof SnapMixPlan snapMix) {
            pairs = Optional.of(snapMix.pairing());
        }
        if (last() instanceof ManifoldPlan manifold) {
            pairs = Optional.of(manifold.pairing());
        }
        return pairs.map(pairing -> Nd4j.createFromArray(pairing.targets()));
    }

    /**
     * The share of every pixel that an image keeps.
     *
     * @return [M, H, W], FLOAT, if the method has a share for every pixel
     */
    public Optional<INDArray> mask() {
        INDArray images = mixed.images();
        if (last() instanceof SnapMixPlan snapMix) {
            return Optional.of(outside(snapMix.pasted(), plan.size(), images.size(2), images.size(3)));
        }
        return paired().map(pairs -> pairs.mask().weights())
                .filter(weights -> weights.size(1) == images.size(2) && weights.size(2) == images.size(3));
    }

    private static INDArray outside(Box box, long images, long height, long width) {
        INDArray mask = Nd4j.ones(DataType.FLOAT, images, height, width);
        mask.get(
                        NDArrayIndex.all(),
                        NDArrayIndex.interval(box.top(), box.top() + box.height()),
                        NDArrayIndex.interval(box.left(), box.left() + box.width()))
                .assign(0);
        return mask;
    }

    /**
     * The share of its own label that an image keeps.
     *
     * @return [M], FLOAT, 1 where no image is mixed with another
     */
    public INDArray ratio() {
        if (plan instanceof MosaicPlan mosaic) {
            return Nd4j.diag(mosaic.shares());
        }
        if (last() instanceof SnapMixPlan snapMix) {
            return Nd4j.createFromArray(snapMix.ownWeights().toArray(new Float[0]));
        }
        if (last() instanceof ManifoldPlan manifold) {
            return Nd4j.valueArrayOf(new long[] {plan.size()}, manifold.lambda(), DataType.FLOAT);
        }
        return paired().map(pairs -> pairs.mask().ratio()).orElseGet(() -> Nd4j.ones(DataType.FLOAT, plan.size()));
    }

    /** The plan that mixes images with each other, alone or behind another. */
    private Optional<PairedPlan> paired() {
        return last() instanceof PairedPlan pairs ? Optional.of(pairs) : Optional.empty();
    }

    private MixPlan last() {
        return plan instanceof SequencePlan sequence ? sequence.second() : plan;
    }

    /** Keeps the maps that another detector found. */
    private static final class Detected implements SaliencyDetector {
        private static final long serialVersionUID = 1L;

        private final SaliencyDetector detector;
        private transient INDArray maps;

        Detected(SaliencyDetector detector) {
            this.detector = detector;
        }

        @Override
        public INDArray detect(INDArray images, INDArray labels, DataFormat format) {
            maps = detector.detect(images, labels, format);
            return maps;
        }

        /** The maps; a single image is not mixed, so that the mixer has not asked for its saliency. */
        INDArray maps(MixPlan plan, INDArray images, INDArray labels) {
            if (maps == null) {
                INDArray seen =
                        plan instanceof SequencePlan sequence ? sequence.first().mix(images) : images;
                maps = detector.detect(seen, labels, DataFormat.NCHW);
            }
            return maps;
        }
    }
}

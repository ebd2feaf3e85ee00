package org.guidedmixup.bench.mixing;

import java.util.Optional;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.MaskPlan;
import org.guidedmixup.MixPlan;
import org.guidedmixup.MixedBatch;
import org.guidedmixup.filter.GaussianBlur;
import org.guidedmixup.pairing.SaliencyDistance;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.saliency.SaliencyNormalization;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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
     * @param detector what finds salient regions, used where the method uses saliency
     * @param images [M, C, H, W]. Not modified.
     * @param labels [M, K]. Not modified.
     * @param seed the seed of what the method draws
     * @return the steps
     * @throws IllegalArgumentException if images and labels are no batch
     */
    public static MixingSteps of(
            MixingMethod method, SaliencyDetector detector, INDArray images, INDArray labels, long seed) {
        if (!method.usesSaliency()) {
            MixPlan plan = method.mixer(detector, 1, seed).plan(images, labels);
            return new MixingSteps(
                    Optional.empty(), Optional.empty(), Optional.empty(), plan, plan.apply(images, labels));
        }
        Detected detected = new Detected(detector);
        BatchMixer mixer = method.mixer(detected, 1, seed);
        MixPlan plan = mixer.plan(images, labels);
        // A single image is not mixed, so the mixer has not asked for its saliency.
        INDArray saliency = detected.maps == null ? detector.detect(images, labels, DataFormat.NCHW) : detected.maps;
        INDArray normalized =
                SaliencyNormalization.of(new GaussianBlur(7, 3).apply(saliency)).maps();
        Optional<INDArray> distance =
                method.usesDistance() ? Optional.of(SaliencyDistance.between(normalized)) : Optional.empty();
        return new MixingSteps(
                Optional.of(saliency), Optional.of(normalized), distance, plan, plan.apply(images, labels));
    }

    /**
     * The target of every image.
     *
     * @return [M], INT, if images are paired
     */
    public Optional<INDArray> pairing() {
        return maskPlan().map(paired -> Nd4j.createFromArray(paired.pairing().targets()));
    }

    /**
     * The share of every pixel that an image keeps.
     *
     * @return [M, H, W], FLOAT, if the method has a share for every pixel
     */
    public Optional<INDArray> mask() {
        INDArray images = mixed.images();
        return maskPlan()
                .map(masked -> masked.mask().weights())
                .filter(weights -> weights.size(1) == images.size(2) && weights.size(2) == images.size(3));
    }

    /**
     * The share of its own label that an image keeps.
     *
     * @return [M], FLOAT, 1 where nothing was mixed
     */
    public INDArray ratio() {
        return maskPlan().map(masked -> masked.mask().ratio()).orElseGet(() -> Nd4j.ones(DataType.FLOAT, plan.size()));
    }

    private Optional<MaskPlan> maskPlan() {
        return plan instanceof MaskPlan masked ? Optional.of(masked) : Optional.empty();
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
    }
}

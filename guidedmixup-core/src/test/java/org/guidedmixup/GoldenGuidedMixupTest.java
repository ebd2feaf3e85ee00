package org.guidedmixup;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.guidedmixup.testing.ArrayAssertions.assertCloseRelative;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.guidedmixup.filter.GaussianBlur;
import org.guidedmixup.mask.MixMask;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.SaliencyDistance;
import org.guidedmixup.plan.MaskPlan;
import org.guidedmixup.plan.MixedBatch;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.guidedmixup.testing.Golden;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every step of Guided-SR, and the whole method, against the reference arrays. */
class GoldenGuidedMixupTest {
    private static final double ABSOLUTE = 2e-5;
    private static final double RELATIVE = 1e-4;

    @ParameterizedTest
    @ValueSource(strings = {"sr_rgb32", "sr_rect48x40", "sr_gray28", "sr_large150x200", "sr_pair2"})
    void everyStepAgreesFromTheReferenceInputOfThatStep(String name) {
        Golden golden = new Golden(name);
        INDArray images = golden.array("images");

        assertCloseRelative(
                golden.array("residual_saliency"),
                SpectralResidual.builder().smoothing(false).build().detect(images, DataFormat.NCHW),
                RELATIVE,
                1e-5,
                "residual_saliency");
        assertCloseRelative(
                golden.array("saliency"),
                new SpectralResidual().detect(images, DataFormat.NCHW),
                RELATIVE,
                0,
                "saliency");
        assertClose(
                golden.array("normalized"),
                NormalizedSaliency.of(new GaussianBlur(7, 3).apply(golden.array("saliency")))
                        .maps(),
                1e-7,
                "normalized");
        assertCloseRelative(
                golden.array("distance"),
                SaliencyDistance.between(golden.array("normalized")),
                RELATIVE,
                0,
                "distance");
        Pairing pairing = new GreedyPairing().pair(golden.array("distance"));
        assertArrayEquals(golden.array("pairing").toIntVector(), pairing.partners(), "pairing");
        MixMask mask = MixMask.ofSaliency(golden.array("normalized"), pairing);
        assertClose(golden.array("mask"), mask.weights(), ABSOLUTE, "mask");
        assertClose(golden.array("ratio"), mask.ratio(), ABSOLUTE, "ratio");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sr_rgb32", "sr_rect48x40", "sr_gray28", "sr_large150x200", "sr_pair2"})
    void thePipelineAgreesFromImagesToMixedImages(String name) {
        Golden golden = new Golden(name);
        INDArray images = golden.array("images");
        INDArray labels = golden.array("labels");

        GuidedMixup mixer = GuidedMixup.builder().mixProbability(1).build();
        MaskPlan plan = (MaskPlan) mixer.plan(images, labels);
        MixedBatch mixed = plan.apply(images, labels);

        assertArrayEquals(golden.array("pairing").toIntVector(), plan.pairing().partners(), "pairing");
        assertClose(golden.array("mask"), plan.mask().weights(), ABSOLUTE, "mask");
        assertClose(golden.array("ratio"), plan.mask().ratio(), ABSOLUTE, "ratio");
        assertClose(golden.array("mixed_images"), mixed.images(), ABSOLUTE, "mixed_images");
        assertClose(golden.array("mixed_labels"), mixed.labels(), ABSOLUTE, "mixed_labels");
        assertEquals(0, plan.nonFiniteSaliencies());
    }
}

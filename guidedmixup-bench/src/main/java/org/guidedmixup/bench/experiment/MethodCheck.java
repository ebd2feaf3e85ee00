package org.guidedmixup.bench.experiment;

import java.util.List;
import org.guidedmixup.bench.data.ImageSet;
import org.guidedmixup.bench.gallery.GalleryBatch;
import org.guidedmixup.bench.mixing.MixerSettings;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.saliency.ReducedSaliency;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.saliency.spectral.SpectralResidual;

/** Checks that methods can mix the images, before hours of training with the first of them. */
public final class MethodCheck {
    private static final int BATCH = 4;

    private MethodCheck() {}

    /**
     * Mixes a few images by every method.
     *
     * @param images the images to take them from
     * @param methods the methods
     * @param saliencyScale the factor by which methods that use the gradient of a network reduce images for it
     * @throws IllegalArgumentException if a method refuses the images; the message begins with its name
     */
    public static void require(ImageSet images, List<MixingMethod> methods, int saliencyScale) {
        GalleryBatch batch = GalleryBatch.draw(images, BATCH, 0);
        for (MixingMethod method : methods) {
            SaliencyDetector saliency =
                    ReducedSaliency.of(new SpectralResidual(), method.usesGradient() ? saliencyScale : 1);
            try {
                MixPlan plan = method.mixer(MixerSettings.of(saliency, 1, 0)).plan(batch.images(), batch.labels());
                plan.apply(batch.images(), batch.labels());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(method + ": " + e.getMessage(), e);
            }
        }
    }
}

package org.guidedmixup.bench.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.guidedmixup.bench.data.ImageSet;
import org.guidedmixup.bench.gallery.GalleryBatch;
import org.guidedmixup.bench.gallery.Thumbnails;
import org.guidedmixup.bench.mixing.MixerSettings;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.mixing.StepArrays;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A few training images as each method passes them to the network. */
public final class MixedExamples {
    private static final int BATCH = 16;
    private static final int SHOWN = 8;

    private MixedExamples() {}

    /**
     * Mixes a batch by every method.
     *
     * @param images the images to take the batch from
     * @param methods the methods
     * @param seed chooses the images and draws the mixing
     * @return pictures as {@code data:} URIs, by the method's name
     */
    public static Map<String, List<String>> of(ImageSet images, List<MixingMethod> methods, long seed) {
        GalleryBatch batch = GalleryBatch.draw(images, BATCH, seed);
        MixerSettings settings = MixerSettings.of(new SpectralResidual(), 1, seed);
        Map<String, List<String>> examples = new LinkedHashMap<>();
        for (MixingMethod method : methods) {
            INDArray mixed = StepArrays.of(method, settings, batch.images(), batch.labels())
                    .mixed()
                    .images();
            examples.put(method.toString(), Thumbnails.dataUris(mixed, SHOWN));
        }
        return examples;
    }
}

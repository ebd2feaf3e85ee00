package org.guidedmixup.bench.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.guidedmixup.bench.data.ImageSet;
import org.guidedmixup.bench.gallery.GalleryBatch;
import org.guidedmixup.bench.image.Pictures;
import org.guidedmixup.bench.image.Png;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.mixing.MixingSteps;
import org.guidedmixup.saliency.SpectralResidual;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A few training images as each method hands them to the network. */
public final class MixedExamples {
    private static final int BATCH = 16;
    private static final int SHOWN = 8;
    private static final int SIDE = 96; // pixels on the page

    private MixedExamples() {}

    /**
     * Mixes a batch by every method.
     *
     * @param images what to take the batch from
     * @param methods the methods
     * @param seed chooses the images and draws the mixing
     * @return pictures as {@code data:} URIs, by the method's name
     * @throws IOException never, pictures stay in memory
     */
    public static Map<String, List<String>> of(ImageSet images, List<MixingMethod> methods, long seed)
            throws IOException {
        GalleryBatch batch = GalleryBatch.draw(images, BATCH, seed);
        Map<String, List<String>> examples = new LinkedHashMap<>();
        for (MixingMethod method : methods) {
            INDArray mixed = MixingSteps.of(method, new SpectralResidual(), batch.images(), batch.labels(), seed)
                    .mixed()
                    .images();
            List<String> pictures = new ArrayList<>();
            for (int i = 0; i < Math.min(SHOWN, mixed.size(0)); i++) {
                pictures.add(Png.dataUri(Pictures.enlarge(Pictures.photograph(mixed.slice(i)), SIDE)));
            }
            examples.put(method.toString(), pictures);
        }
        return examples;
    }
}

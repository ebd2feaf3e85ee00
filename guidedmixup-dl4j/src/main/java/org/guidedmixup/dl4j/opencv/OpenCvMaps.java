package org.guidedmixup.dl4j.opencv;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_saliency;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_saliency.StaticSaliency;
import org.bytedeco.opencv.opencv_saliency.StaticSaliencyFineGrained;
import org.bytedeco.opencv.opencv_saliency.StaticSaliencySpectralResidual;

/** All that calls OpenCV; loading this class fails where OpenCV is not there. */
final class OpenCvMaps {
    private static final int BGR = 3;

    private OpenCvMaps() {}

    /**
     * Loads OpenCV's native libraries, the first time.
     *
     * @throws LinkageError if they cannot be loaded
     */
    static void load() {
        Loader.load(opencv_saliency.class);
    }

    /**
     * The map of one image.
     *
     * @param levels [H, W] or [H, W, 3] as blue, green, red; unsigned bytes. Not modified.
     * @return [H, W]; may be not finite
     */
    @SuppressWarnings("unchecked") // an empty list of classes
    static float[] compute(OpenCvAlgorithm algorithm, byte[] levels, int height, int width) {
        int type = levels.length == BGR * height * width ? opencv_core.CV_8UC3 : opencv_core.CV_8UC1;
        float[] map = new float[height * width];
        // Everything native that is made in here is freed at its end. A detector keeps nothing, but is not for two
        // threads.
        try (PointerScope scope = new PointerScope()) {
            Mat image = new Mat(height, width, type, new BytePointer(levels));
            Mat saliency = new Mat();
            if (!detector(algorithm).computeSaliency(image, saliency)) {
                throw new IllegalStateException("OpenCV found no saliency in an image of " + height + " x " + width);
            }
            // One of its detectors ends in bytes, which the base class turns into floats from 0 to 1.
            saliency.<FloatBuffer>createBuffer().get(map);
        }
        return map;
    }

    private static StaticSaliency detector(OpenCvAlgorithm algorithm) {
        return switch (algorithm) {
            case SPECTRAL_RESIDUAL -> StaticSaliencySpectralResidual.create();
            case FINE_GRAINED -> StaticSaliencyFineGrained.create();
        };
    }
}

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

/** All calls of OpenCV; loading this class fails if OpenCV is missing. */
final class OpenCvMaps {
    private static final int BGR = 3;

    private OpenCvMaps() {}

    /**
     * Loads OpenCV's native libraries unless they are loaded.
     *
     * @throws LinkageError if they cannot be loaded
     */
    static void load() {
        Loader.load(opencv_saliency.class);
    }

    /**
     * Computes the map of one image.
     *
     * @param levels [H, W] or [H, W, 3] as blue, green, red; unsigned bytes. Not modified.
     * @return [H, W]; may hold values that are not finite
     */
    @SuppressWarnings("unchecked") // an empty list of classes
    static float[] compute(OpenCvAlgorithm algorithm, byte[] levels, int height, int width) {
        int type = levels.length == BGR * height * width ? opencv_core.CV_8UC3 : opencv_core.CV_8UC1;
        float[] map = new float[height * width];
        // All native memory allocated here is freed at the end. A detector has no state, but is not thread-safe.
        try (PointerScope scope = new PointerScope()) {
            Mat image = new Mat(height, width, type, new BytePointer(levels));
            Mat saliency = new Mat();
            if (!detector(algorithm).computeSaliency(image, saliency)) {
                throw new IllegalStateException("OpenCV found no saliency in an image of " + height + " x " + width);
            }
            // One of the detectors returns bytes, which the base class converts to floats from 0 to 1.
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

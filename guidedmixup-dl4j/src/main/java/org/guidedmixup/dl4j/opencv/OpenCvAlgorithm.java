package org.guidedmixup.dl4j.opencv;

/** The static detectors of OpenCV's saliency module. */
enum OpenCvAlgorithm {
    SPECTRAL_RESIDUAL,
    FINE_GRAINED
}

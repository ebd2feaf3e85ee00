/**
 * OpenCV's saliency as {@link org.guidedmixup.saliency.SaliencyDetector}s, for who has OpenCV on the class path: DataVec's
 * datavec-data-image brings it, and so does {@code org.bytedeco:opencv-platform}. Nothing else of GuidedMixup needs it.
 */
package org.guidedmixup.dl4j.opencv;

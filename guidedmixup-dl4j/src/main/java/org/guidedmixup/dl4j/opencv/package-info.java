/**
 * OpenCV's saliency as {@link org.guidedmixup.saliency.SaliencyDetector}s, for users with OpenCV on the class path: DataVec's
 * datavec-data-image depends on it, or add {@code org.bytedeco:opencv-platform}. Nothing else in GuidedMixup needs it.
 */
package org.guidedmixup.dl4j.opencv;

/**
 * SnapMix: boxes of different sizes, with labels weighted by class activation maps. The maps come from a detector of the
 * saliency package or of guidedmixup-dl4j.
 */
package org.guidedmixup.method.snapmix;

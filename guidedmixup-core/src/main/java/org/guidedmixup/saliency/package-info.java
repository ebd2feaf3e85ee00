/**
 * Saliency of images: detectors that compute maps [M, H, W] for a batch, and the normalisation of maps to sum 1. Pairing and
 * mixing by these maps are in other packages.
 */
package org.guidedmixup.saliency;

/**
 * What is salient in an image: detectors that give a map [M, H, W] for a batch, and the normalisation of maps to sum 1.
 * Who is paired by these maps, and how pixels are mixed, is decided elsewhere.
 */
package org.guidedmixup.saliency;

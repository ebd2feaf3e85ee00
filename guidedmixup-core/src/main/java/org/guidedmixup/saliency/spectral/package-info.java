/**
 * The spectral residual and its Fourier transforms: a reference in ND4J operations for any backend, and a faster path for the
 * CPU. Other detectors are in the saliency package.
 */
package org.guidedmixup.saliency.spectral;

/** The spectral residual, with its Fourier transforms: a reference on ND4J's operations, and the CPU's own path. */
package org.guidedmixup.saliency.spectral;

/** Energies of labellings minimised by minimum cuts. Knows nothing of images. */
package org.guidedmixup.internal.graphcut;

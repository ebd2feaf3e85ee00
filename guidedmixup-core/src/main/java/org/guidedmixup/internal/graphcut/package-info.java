/** Energies of labellings, minimised by minimum cuts. Nothing here knows images. */
package org.guidedmixup.internal.graphcut;

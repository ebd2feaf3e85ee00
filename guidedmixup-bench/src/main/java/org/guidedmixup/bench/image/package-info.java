/** Arrays as pictures: photographs, heat maps and masks as {@link java.awt.image.BufferedImage}, and their PNG files. */
package org.guidedmixup.bench.image;

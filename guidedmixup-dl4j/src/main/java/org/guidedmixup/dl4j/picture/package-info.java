/**
 * Arrays as pictures: photographs, heat maps and masks as {@link java.awt.image.BufferedImage}, and their PNG files, and how
 * such files are written. Works
 * without a screen.
 */
package org.guidedmixup.dl4j.picture;

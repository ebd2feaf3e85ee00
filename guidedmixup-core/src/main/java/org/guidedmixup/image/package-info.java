/**
 * Classical image operations on 8-bit planes, equal to those of Pillow that published augmentations are defined by, and the
 * ranges that translate between an array's values and 8 bits. What is drawn and mixed is decided elsewhere.
 */
package org.guidedmixup.image;

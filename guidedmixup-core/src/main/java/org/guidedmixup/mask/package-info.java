/**
 * Masks: the share of every pixel that an image keeps when it is blended with its partner. Who the partner is, is decided in
 * the pairing package.
 */
package org.guidedmixup.mask;

/** AugMix: chains of classical operations on 8-bit images, equal to those of Pillow, and how they are drawn and blended. */
package org.guidedmixup.method.augmix;

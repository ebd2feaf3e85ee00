/** AugMix: chains of classical operations on 8-bit images, equal to Pillow's, and the code that draws and blends them. */
package org.guidedmixup.method.augmix;

/**
 * Linear filters that work along rows and columns: blur, resize, box mean. They work on maps [M, H, W] and know nothing of
 * images or saliency.
 */
package org.guidedmixup.filter;

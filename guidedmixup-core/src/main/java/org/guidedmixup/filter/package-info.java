/**
 * Linear filters that work along rows and columns: blur, resize, box mean. They know maps [M, H, W], not images or
 * saliency.
 */
package org.guidedmixup.filter;

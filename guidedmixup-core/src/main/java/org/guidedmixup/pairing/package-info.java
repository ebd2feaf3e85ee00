/**
 * Which images are mixed with each other: the distances between saliency maps, and the strategies that pair a batch. How
 * partners are blended is decided in the mask and method packages.
 */
package org.guidedmixup.pairing;

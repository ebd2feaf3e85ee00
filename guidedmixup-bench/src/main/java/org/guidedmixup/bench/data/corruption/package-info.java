/**
 * What spoils test images: the 19 corruptions of CIFAR-C at five severities (Hendrycks and Dietterich 2019) and corrupted
 * backgrounds. Constants are those published for images of 32 x 32 pixels; any other size is taken as well.
 *
 * <p>Where the published program takes a photograph or another program's code, there is an equivalent of our own; it says so.
 */
package org.guidedmixup.bench.data.corruption;

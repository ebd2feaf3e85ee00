/**
 * Corruptions of test images: the 19 of CIFAR-C at five severities (Hendrycks and Dietterich 2019) and corrupted
 * backgrounds. Constants are those published for images of 32 x 32 pixels; any other size is accepted too.
 *
 * <p>Where the published program uses a photograph or another program, there is an equivalent of our own, which says
 * so.
 */
package org.guidedmixup.bench.data.corruption;

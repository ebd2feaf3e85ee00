/**
 * What a mixer decided for a batch, as values: plans that mix images and labels, and the checked sizes of a batch. The mixers
 * that draw plans are in the method packages.
 */
package org.guidedmixup.plan;

/**
 * Mixup for batches of images: {@link org.guidedmixup.GuidedMixup} and what all mixup methods share.
 *
 * <p>A {@link org.guidedmixup.BatchMixer} draws a {@link org.guidedmixup.plan.MixPlan} for a batch; the plan mixes images,
 * labels and anything else that belongs to that batch. The steps of the method live in the packages below this one,
 * each step one public operation. Iterators, networks and files are not known here.
 */
package org.guidedmixup;

/**
 * Mixup for batches of images: {@link org.guidedmixup.GuidedMixup} and the base classes of all mixup methods.
 *
 * <p>A {@link org.guidedmixup.BatchMixer} draws a {@link org.guidedmixup.plan.MixPlan} for a batch; the plan mixes images,
 * labels and anything else that belongs to that batch. The steps of the method live in the packages below this one, one public
 * operation per step. Nothing here knows iterators, networks or files.
 */
package org.guidedmixup;

/**
 * Manifold Mixup, which blends what a network has made of the images instead of the images.
 *
 * <p>A network is given mix points, where hidden activations may be mixed: {@link
 * org.guidedmixup.dl4j.manifold.ManifoldMixupLayer} in Deeplearning4j, {@link org.guidedmixup.dl4j.manifold.MixPoints} in
 * SameDiff. {@link org.guidedmixup.dl4j.manifold.ManifoldMixup} draws for every batch at which of them, with whom and how
 * much; {@link org.guidedmixup.dl4j.manifold.ManifoldPlan} is what it drew. Outside of such a batch, and so at inference,
 * mix points pass everything on as it is.
 */
package org.guidedmixup.dl4j.manifold;

/**
 * Manifold Mixup, which mixes a network's hidden activations instead of the images.
 *
 * <p>A network is given mix points, where hidden activations may be mixed:
 * {@link org.guidedmixup.dl4j.manifold.ManifoldMixupLayer} in Deeplearning4j, {@link org.guidedmixup.dl4j.manifold.MixPoints}
 * in SameDiff. {@link org.guidedmixup.dl4j.manifold.ManifoldMixup} draws for every batch at which of them to mix, with which
 * partners and how strongly; {@link org.guidedmixup.dl4j.manifold.ManifoldPlan} holds what it drew. At all other times,
 * inference included, mix points pass everything on unchanged.
 */
package org.guidedmixup.dl4j.manifold;

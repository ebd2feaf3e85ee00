/**
 * Saliency from the network that is being trained: {@link org.guidedmixup.dl4j.saliency.GradientSaliency}, which makes
 * GuidedMixup Guided-AP, and {@link org.guidedmixup.dl4j.saliency.ClassActivationMap}, which SnapMix weighs labels by; each
 * for MultiLayerNetwork, ComputationGraph and SameDiff.
 *
 * <p>MultiLayerNetwork and ComputationGraph get the mixed batches from an iterator and not, as SameDiff can, from a
 * listener: their listeners hear of a batch when the network has already read it.
 *
 * <p>What is made of a gradient is decided in {@code org.guidedmixup.saliency}; how batches reach a network, in
 * {@code org.guidedmixup.dl4j} and {@code org.guidedmixup.dl4j.samediff}.
 */
package org.guidedmixup.dl4j.saliency;

/**
 * Saliency from the network that is being trained: {@link org.guidedmixup.dl4j.saliency.GradientSaliency}, which makes
 * GuidedMixup Guided-AP, and {@link org.guidedmixup.dl4j.saliency.ClassActivationMap}, by which SnapMix weighs labels; each for
 * MultiLayerNetwork, ComputationGraph and SameDiff.
 *
 * <p>MultiLayerNetwork and ComputationGraph get mixed batches from an iterator, not from a listener as SameDiff can: their
 * listeners are called after the network has read the batch.
 *
 * <p>How a gradient becomes saliency is decided in {@code org.guidedmixup.saliency}; how batches reach a network, in
 * {@code org.guidedmixup.dl4j} and {@code org.guidedmixup.dl4j.samediff}.
 */
package org.guidedmixup.dl4j.saliency;

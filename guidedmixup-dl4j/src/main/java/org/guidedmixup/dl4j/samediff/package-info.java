/**
 * Mixup as a SameDiff listener: every batch is mixed just before the step that trains on it.
 *
 * <p>{@link org.guidedmixup.dl4j.samediff.GradientSaliencyListener} is Guided-AP in one line;
 * {@link org.guidedmixup.dl4j.samediff.MixupListener} does the same for any {@link org.guidedmixup.BatchMixer}.
 */
package org.guidedmixup.dl4j.samediff;

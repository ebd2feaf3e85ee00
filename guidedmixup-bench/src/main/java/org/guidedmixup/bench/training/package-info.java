/**
 * Training an {@link org.guidedmixup.bench.model.ImageModel}: the loop, its optimizer and learning rates, evaluation,
 * checkpoints and progress.
 *
 * <p>Where batches come from and what mixes them is the caller's, through
 * {@link org.guidedmixup.bench.training.EpochSource} and {@link org.guidedmixup.BatchMixer}.
 */
package org.guidedmixup.bench.training;

/**
 * What mixing costs a training: steps of several methods on the same model and batches, timed in turn, and their figures.
 * The step itself comes from {@code org.guidedmixup.bench.training}, the mixing from {@code org.guidedmixup.bench.experiment}.
 */
package org.guidedmixup.bench.overhead;

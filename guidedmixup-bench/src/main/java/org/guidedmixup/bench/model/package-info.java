/**
 * Image classifiers as SameDiff graphs: architectures, the layers they are made of, and their parameters.
 *
 * <p>A model is two graphs over the same parameters: one trains with the statistics of the batch, one infers with
 * running statistics. How the parameters are trained is in {@code org.guidedmixup.bench.training}.
 */
package org.guidedmixup.bench.model;

/**
 * Batch normalization over a mini-batch, with the ReLU that usually follows it, as one SameDiff op.
 *
 * <p>Here live the op and its gradient, their arithmetic on the host, and the SameDiff session that runs ops on the
 * host. Layers, architectures and running statistics do not: they are in {@code org.guidedmixup.bench.model}.
 */
package org.guidedmixup.bench.model.batchnorm;

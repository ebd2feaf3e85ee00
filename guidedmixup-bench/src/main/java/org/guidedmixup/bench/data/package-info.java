/**
 * Images and labels for the experiments: where they come from ({@link org.guidedmixup.bench.data.DataSpec}), how they
 * are kept ({@link org.guidedmixup.bench.data.ImageSet}, unsigned bytes) and how they become batches for training and
 * evaluation ({@link org.guidedmixup.bench.data.BatchSource}, normalised floats).
 *
 * <p>An error in a user's files is a {@link org.guidedmixup.bench.data.DataException} with a one-line message. Mixing
 * does not live here: nothing here combines two images.
 */
package org.guidedmixup.bench.data;

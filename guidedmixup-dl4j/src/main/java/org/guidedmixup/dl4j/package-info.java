/**
 * Mixup for Deeplearning4j and SameDiff training: any {@link org.guidedmixup.BatchMixer} between a data source and
 * {@code fit}.
 *
 * <p>{@link org.guidedmixup.dl4j.MixupDataSetIterator} wraps a source and is what to use first;
 * {@link org.guidedmixup.dl4j.MixupMultiDataSetIterator} does the same for sources of MultiDataSets. The preprocessors
 * {@link org.guidedmixup.dl4j.MixupPreProcessor} and {@link org.guidedmixup.dl4j.MixupMultiDataSetPreProcessor} are for
 * code that can set a preprocessor and nothing else.
 *
 * <p>{@link org.guidedmixup.dl4j.ImageBatch} and {@link org.guidedmixup.dl4j.MultiDataSetIndex} name the arrays of a batch that
 * are mixed, for code that feeds batches to a network in other ways.
 *
 * <p>How batches are mixed is decided in {@code org.guidedmixup} and the packages below it, not here. There are no data sets,
 * networks or backends here.
 */
package org.guidedmixup.dl4j;

/**
 * Mixup of batches in a Spark RDD, for Spark 3.5, tested with Scala 2.12. Spark itself is not a dependency: the cluster provides it.
 *
 * <p>{@link org.guidedmixup.dl4j.spark.SparkMixup} mixes; training on the result is up to the caller.
 */
package org.guidedmixup.dl4j.spark;

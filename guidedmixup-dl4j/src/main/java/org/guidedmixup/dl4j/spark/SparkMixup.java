package org.guidedmixup.dl4j.spark;

import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.util.TaskCompletionListener;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.dl4j.ImageBatch;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.internal.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import scala.Tuple2;

/**
 * Mixes the batches of an RDD in place, on the executors that hold them:
 *
 * <pre>{@code
 * JavaRDD<DataSet> mixed = SparkMixup.mix(batches, mixer, epoch);
 * }</pre>
 *
 * <p>Images are mixed within their batch, so nothing is moved between executors. A mixed batch depends on the
 * mixer's seed, the epoch and the number of the batch, never on partitions, executors or attempts: a task that runs again on
 * another executor gives the same bits, on the same kind of processor.
 *
 * <p>Pass the number of each epoch. A mixer that varies ({@link BatchMixer#varies}) then mixes a cached RDD differently in each
 * epoch. Guided-SR as published does not: its pairing depends on the images of the batch alone, so an RDD whose batches
 * stay the same is mixed the same way in all epochs that mix them. A pairing that draws gives it the variety that a shuffle would:
 *
 * <pre>{@code
 * GreedyPairing pairing = GreedyPairing.builder().drawnStart().farthest(2).build();
 * BatchMixer mixer = GuidedMixup.builder().pairing(pairing).mixProbability(0.5).seed(42).build();
 * JavaPairRDD<DataSet, Long> numbered = batches.zipWithIndex().cache();
 * for (int epoch = 0; epoch < epochs; epoch++) {
 *     training.fit(SparkMixup.mixNumbered(numbered, mixer, epoch));
 * }
 * }</pre>
 *
 * <p>The result is lazy like any RDD and mixed again whenever it is computed again; {@code persist} it if one epoch is read
 * several times. Every executor needs an ND4J backend. The DataSets of the source are not modified, not even persisted ones.
 */
public final class SparkMixup {
    private SparkMixup() {}

    /**
     * Mixes batches, numbered by their position in the RDD: partitions in order, batches in order within each.
     *
     * <p>Runs one Spark job that counts the batches, unless there is only one partition. The source must give the same order
     * whenever it is computed; after a shuffle ({@code repartition}, {@code groupBy}) it does not. Then, and to count once for
     * all epochs, number them with {@code zipWithIndex} beforehand and use {@link #mixNumbered}.
     *
     * @param batches of images and labels as {@link MixupDataSetIterator} takes them. Not modified.
     * @param mixer how they are mixed
     * @param epoch from 0
     * @return new DataSets in the order of the source, with label names and metadata carried over; reading them throws an
     *     IllegalArgumentException, as the cause of a SparkException, where a batch cannot be mixed
     * @throws IllegalArgumentException if an argument is null, the epoch is negative, or the mixer runs the network in training
     *     (Guided-AP, SnapMix), which does not exist where an RDD is mixed: mix in a TrainingHook of Deeplearning4j's trainers,
     *     or wrap the batches that your own task fits in a MixupDataSetIterator
     */
    public static JavaRDD<DataSet> mix(JavaRDD<DataSet> batches, BatchMixer mixer, int epoch) {
        if (batches == null) {
            throw new IllegalArgumentException("batches: expected an RDD of DataSets, got null");
        }
        requireUsable(mixer, epoch);
        return mixNumbered(batches.zipWithIndex(), mixer, epoch);
    }

    /**
     * Mixes batches that have been numbered, in any order and partitioning.
     *
     * @param batches as in {@link #mix}, each with its number from 0. Not modified.
     * @param mixer how they are mixed
     * @param epoch from 0
     * @return as in {@link #mix}
     * @throws IllegalArgumentException as in {@link #mix}
     */
    public static JavaRDD<DataSet> mixNumbered(JavaPairRDD<DataSet, Long> batches, BatchMixer mixer, int epoch) {
        if (batches == null) {
            throw new IllegalArgumentException("batches: expected an RDD of numbered DataSets, got null");
        }
        requireUsable(mixer, epoch);
        return batches.mapPartitions(numbered -> {
            // Executors keep their threads, and these keep the memory that mixing reserves for the next batch of the
            // thread.
            TaskCompletionListener release = context -> Scratch.releaseThread();
            TaskContext.get().addTaskCompletionListener(release);
            return new MixedBatches(numbered, mixer, epoch);
        });
    }

    private static void requireUsable(BatchMixer mixer, int epoch) {
        if (mixer == null) {
            throw new IllegalArgumentException("mixer: expected a BatchMixer, got null");
        }
        if (!mixer.asyncSupported()) {
            throw new IllegalArgumentException("mixer: " + mixer.getClass().getSimpleName()
                    + " runs the network in training, which does not exist where an RDD is mixed; expected one that does not, or"
                    + " mix where executors train: in a TrainingHook's preUpdate with Deeplearning4j's trainers (docs/usage.md,"
                    + " On Spark), or by a MixupDataSetIterator around the batches that your own task fits");
        }
        if (epoch < 0) {
            throw new IllegalArgumentException("epoch: expected at least 0, got " + epoch);
        }
    }

    /** Mixes one batch at a time, on demand. */
    private record MixedBatches(Iterator<Tuple2<DataSet, Long>> numbered, BatchMixer mixer, int epoch)
            implements Iterator<DataSet> {

        @Override
        public boolean hasNext() {
            return numbered.hasNext();
        }

        @Override
        public DataSet next() {
            Tuple2<DataSet, Long> batch = numbered.next();
            DataSet data = batch._1();
            ImageBatch mixed = ImageBatch.of(data).mix(mixer, epoch, batch._2());
            INDArray weights = mixed.labelsMask() == null ? null : ArraySerializer.dense(mixed.labelsMask());
            DataSet result = new DataSet(
                    ArraySerializer.dense(mixed.images()), ArraySerializer.dense(mixed.labels()), null, weights);
            result.setExampleMetaData(data.getExampleMetaData());
            result.setLabelNames(data.getLabelNamesList());
            return result;
        }
    }
}

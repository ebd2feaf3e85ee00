package org.guidedmixup.bench.training;

import java.util.Iterator;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The batches of every epoch. Order, augmentation and mixing are functions of the seed and the epoch's number alone, so
 * that a resumed training sees what an uninterrupted one would have seen.
 */
@FunctionalInterface
public interface EpochSource {

    /**
     * Returns the batches of one epoch.
     *
     * @param epoch from 0
     * @return batches of features [N, C, H, W] and labels [N, K]; read once, in order, on one thread that need not be
     *     the training thread
     */
    Iterator<DataSet> epoch(int epoch);
}

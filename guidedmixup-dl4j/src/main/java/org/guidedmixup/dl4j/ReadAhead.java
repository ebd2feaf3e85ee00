package org.guidedmixup.dl4j;

import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.AsyncMultiDataSetIterator;

/**
 * Iterators that must not be read ahead, but are: somebody wrapped them by hand.
 *
 * <p>An exception on the reading thread would be lost, and leave the training thread waiting for ever. So the reading
 * thread hands over a batch that throws when it is read on another thread, which is the one that trains.
 */
final class ReadAhead {
    private ReadAhead() {}

    /** Whether the caller is the reading thread of one of ND4J's asynchronous iterators. */
    static boolean isReadingThread() {
        Class<?> owner = Thread.currentThread().getClass().getEnclosingClass();
        return owner == AsyncDataSetIterator.class || owner == AsyncMultiDataSetIterator.class;
    }

    /** Throws, but on a reading thread, which looks into batches it hands over, returns {@code there}. */
    static <T> T refuse(T there) {
        if (isReadingThread()) {
            return there;
        }
        throw new IllegalStateException(
                "the mixer uses the network in training, and its batches were read ahead on another "
                        + "thread; give fit() the MixupDataSetIterator itself, without AsyncDataSetIterator around it");
    }
}

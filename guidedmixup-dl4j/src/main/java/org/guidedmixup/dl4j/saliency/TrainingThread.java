package org.guidedmixup.dl4j.saliency;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/** Which thread trains a network: the one that holds its monitor inside a method of the {@code fit} family. */
final class TrainingThread {
    private TrainingThread() {}

    /** Throws if a thread other than the calling one is training the network. About 1 ms outside of {@code fit}. */
    static void requireNoOther(Object network) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        if (Thread.holdsLock(network) || !threads.isObjectMonitorUsageSupported()) {
            return;
        }
        for (ThreadInfo thread : threads.dumpAllThreads(true, false)) {
            if (thread != null && holds(thread, network) && isFitting(thread)) {
                throw new IllegalStateException(
                        "saliency of the network was requested on thread \""
                                + Thread.currentThread().getName() + "\" while thread \"" + thread.getThreadName()
                                + "\" trains the network; it must run on the thread that trains: give fit() the "
                                + "MixupDataSetIterator itself, without AsyncDataSetIterator or another reading thread around it");
            }
        }
    }

    private static boolean holds(ThreadInfo thread, Object network) {
        return Arrays.stream(thread.getLockedMonitors())
                .anyMatch(lock -> lock.getIdentityHashCode() == System.identityHashCode(network)
                        && lock.getClassName().equals(network.getClass().getName()));
    }

    private static boolean isFitting(ThreadInfo thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().startsWith("fit"));
    }
}

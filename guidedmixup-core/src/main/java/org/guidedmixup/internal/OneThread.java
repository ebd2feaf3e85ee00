package org.guidedmixup.internal;

import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Until this is closed, ND4J's operations on the calling thread use no other threads of the CPU. OpenMP's threads busy-wait for
 * some 5 ms after an operation, on cores that the next step needs: a batch of 64 images of 224 pixels took 23 instead of 13 ms
 * by it. Other threads are not affected.
 */
public final class OneThread implements AutoCloseable {
    private static final boolean ON_CPU = Nd4j.getExecutioner().type() == OpExecutioner.ExecutionerType.NATIVE_CPU;

    private static final NativeOps NATIVE = NativeOpsHolder.getInstance().getDeviceNativeOps();

    private final int before = NATIVE.ompGetMaxThreads();

    private OneThread() {}

    /**
     * Sets the calling thread's limit.
     *
     * @return to be closed on the same thread
     */
    public static OneThread open() {
        OneThread limit = new OneThread();
        set(1);
        return limit;
    }

    @Override
    public void close() {
        set(before);
    }

    /** On a GPU the same call is about something else. */
    private static void set(int threads) {
        if (ON_CPU) {
            NATIVE.setOmpNumThreads(threads);
        }
    }
}

package org.guidedmixup.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.guidedmixup.pairing.SaliencyDistance;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

class OneThreadTest {
    private final NativeOps nativeOps = ofBackend();
    private final int before = nativeOps.ompGetMaxThreads();

    private static NativeOps ofBackend() {
        Nd4j.getBackend();
        return NativeOpsHolder.getInstance().getDeviceNativeOps();
    }

    @BeforeEach
    void allowThreeThreads() {
        nativeOps.setOmpNumThreads(3);
    }

    @AfterEach
    void restore() {
        nativeOps.setOmpNumThreads(before);
    }

    @Test
    void limitsTheCallingThreadUntilClosed() {
        try (OneThread only = OneThread.open()) {
            assertEquals(1, nativeOps.ompGetMaxThreads());
        }
        assertEquals(3, nativeOps.ompGetMaxThreads());
    }

    @Test
    void restoresAfterFailures() {
        assertThrows(IllegalStateException.class, () -> {
            try (OneThread only = OneThread.open()) {
                throw new IllegalStateException();
            }
        });
        assertEquals(3, nativeOps.ompGetMaxThreads());
    }

    @Test
    void otherThreadsKeepTheirLimits() {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (OneThread only = OneThread.open()) {
            int limit = CompletableFuture.supplyAsync(
                            () -> {
                                nativeOps.setOmpNumThreads(2);
                                return nativeOps.ompGetMaxThreads();
                            },
                            other)
                    .join();
            assertEquals(2, limit);
            assertEquals(1, nativeOps.ompGetMaxThreads());
        } finally {
            other.shutdown();
        }
    }

    @Test
    void distancesLeaveTheLimitAsItIs() {
        SaliencyDistance.between(NormalizedSaliency.of(RandomImages.maps(1, 40, 16, 16)))
                .close();
        assertEquals(3, nativeOps.ompGetMaxThreads());
    }
}

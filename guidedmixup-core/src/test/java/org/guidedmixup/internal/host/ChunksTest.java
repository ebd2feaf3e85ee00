package org.guidedmixup.internal.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunksTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 64, 100})
    void everyImageIsWorkedOnOnce(int images) {
        AtomicIntegerArray times = new AtomicIntegerArray(images);
        Chunks.forEach(images, 3, (from, to) -> {
            for (int i = from; i < to; i++) {
                times.incrementAndGet(i);
            }
        });
        for (int i = 0; i < images; i++) {
            assertEquals(1, times.get(i));
        }
    }

    /** The original is rethrown from any thread, not the pool's copy, whose message begins with a class name. */
    @ParameterizedTest
    @ValueSource(ints = {0, 37, 99})
    void theVeryExceptionIsThrown(int broken) {
        IllegalArgumentException[] thrown = new IllegalArgumentException[100];
        Arrays.setAll(thrown, i -> new IllegalArgumentException("image " + i));
        for (int run = 0; run < 50; run++) {
            IllegalArgumentException caught = assertThrows(
                    IllegalArgumentException.class,
                    () -> Chunks.forEach(100, (from, to) -> {
                        for (int i = from; i < to; i++) {
                            if (i >= broken) {
                                throw thrown[i];
                            }
                        }
                    }));
            assertSame(thrown[broken], caught);
        }
    }

    @Test
    void errorsStayErrors() {
        StackOverflowError error = new StackOverflowError("deep");
        assertSame(
                error,
                assertThrows(
                        StackOverflowError.class,
                        () -> Chunks.forEach(40, (from, to) -> {
                            if (to == 40) {
                                throw error;
                            }
                        })));
    }
}

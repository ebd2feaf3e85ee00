package org.guidedmixup.concurrency;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnPoolTest {

    /** A common pool without threads never runs work that workers of another pool wait for. */
    @Test
    void everyMethodMixesOnAWorkerOfAnotherPoolThanTheCommonOne(@TempDir Path folder) throws Exception {
        SeparateJvm.run(OwnPool.class, 0, folder.resolve("output"));
    }
}

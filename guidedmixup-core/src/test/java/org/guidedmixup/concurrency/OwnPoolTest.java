package org.guidedmixup.concurrency;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnPoolTest {

    /** A common pool without threads does nothing for those who wait on workers of another pool. */
    @Test
    void everyMethodMixesOnAWorkerOfAnotherPoolThanTheCommonOne(@TempDir Path folder) throws Exception {
        SeparateJvm.run(OwnPool.class, 0, folder.resolve("output"));
    }
}

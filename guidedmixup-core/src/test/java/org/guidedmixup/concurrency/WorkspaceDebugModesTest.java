package org.guidedmixup.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.plan.MixedBatch;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.memory.enums.DebugMode;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's debug modes turn workspaces off or make them larger or smaller; the results stay the same. */
class WorkspaceDebugModesTest {

    @AfterEach
    void backToNormal() {
        Nd4j.getWorkspaceManager().setDebugMode(DebugMode.DISABLED);
    }

    /** Runs on a thread of its own, because ND4J keeps the kind of workspace that a thread opened first. */
    @ParameterizedTest
    @EnumSource(DebugMode.class)
    void everyMethodMixesAndReleasesItsMemory(DebugMode mode) throws Exception {
        List<MixedBatch> expected = mixed();
        Nd4j.getWorkspaceManager().setDebugMode(mode);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            List<MixedBatch> mixed = thread.submit(() -> {
                        List<MixedBatch> batches = mixed();
                        Scratch.releaseThread();
                        return batches;
                    })
                    .get();
            for (int i = 0; i < expected.size(); i++) {
                assertEquals(expected.get(i).images(), mixed.get(i).images(), "mixer " + i);
                assertEquals(expected.get(i).labels(), mixed.get(i).labels(), "mixer " + i);
            }
        } finally {
            thread.shutdownNow();
        }
    }

    private static List<MixedBatch> mixed() {
        INDArray images = RandomImages.nchw(1, 4, 3, 32, 16);
        INDArray labels = RandomImages.labels(4, 3);
        return EveryMethod.mixers(DataFormat.NCHW).values().stream()
                .map(mixer -> mixer.plan(images, labels, 0, 1).apply(images, labels))
                .toList();
    }
}

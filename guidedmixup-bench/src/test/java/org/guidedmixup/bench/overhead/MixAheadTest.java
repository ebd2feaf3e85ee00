package org.guidedmixup.bench.overhead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.model.ImageShape;
import org.guidedmixup.bench.model.RandomBatch;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

@Timeout(60)
class MixAheadTest {
    private static final int ROUNDS = 12;

    private static BatchMixer mixer() {
        return MixingMethod.of("guided-sr").mixer(new SpectralResidual(), 1, 7);
    }

    private static DataSet batch(int round) {
        return RandomBatch.of(round, 6, new ImageShape(3, 16, 12), 4);
    }

    /** The first batch is handed over twice, so that one is ready at the start. */
    @Test
    void trainsOnTheBatchBeforeAsMixedWithoutAThread() {
        List<INDArray> trained = new ArrayList<>();
        try (MixAhead step = new MixAhead(
                "ahead", mixer(), data -> trained.add(data.getFeatures().detach()))) {
            for (int round = 0; round < ROUNDS; round++) {
                StepTime time = step.run(batch(round), round);
                assertTrue(time.mixing() >= 0 && time.mixing() <= time.milliseconds(), time.toString());
            }
        }
        BatchMixer mixer = mixer();
        assertEquals(ROUNDS, trained.size());
        for (int number = 0; number < ROUNDS; number++) {
            DataSet original = batch(Math.max(0, number - 1));
            INDArray expected = mixer.plan(original.getFeatures(), original.getLabels(), 0, number)
                    .apply(original.getFeatures(), original.getLabels())
                    .images();
            assertEquals(expected, trained.get(number), "step " + number);
            assertNotEquals(original.getFeatures(), trained.get(number));
        }
    }

    @Test
    void closingEndsTheReadingThread() {
        MixAhead step = new MixAhead("ahead", mixer(), data -> {});
        step.run(batch(0), 0);
        assertTrue(isReading());
        step.close();
        assertFalse(isReading());
        new MixAhead("unused", mixer(), data -> {}).close();
        assertFalse(isReading());
    }

    private static boolean isReading() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("ADSI"));
    }
}

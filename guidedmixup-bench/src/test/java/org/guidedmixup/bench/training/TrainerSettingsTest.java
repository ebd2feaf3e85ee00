package org.guidedmixup.bench.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.schedule.ISchedule;

class TrainerSettingsTest {
    private static final TrainerSettings SETTINGS = TrainerSettings.of(6000, 3);

    @Test
    void theRateFallsToATenthAtEveryEpochGiven() {
        ISchedule schedule = SETTINGS.withRateFalls(List.of(400, 800)).schedule();
        assertEquals(0.1, schedule.valueAt(0, 0));
        assertEquals(0.1, schedule.valueAt(1199, 399));
        assertEquals(0.01, schedule.valueAt(1200, 400), 1e-12);
        assertEquals(0.01, schedule.valueAt(2399, 799), 1e-12);
        assertEquals(0.001, schedule.valueAt(2400, 800), 1e-12);
        assertEquals(0.001, schedule.valueAt(15000, 5000), 1e-12);
        ISchedule other =
                SETTINGS.withLearningRate(0.2).withRateFalls(List.of(8)).schedule();
        assertEquals(0.2, other.valueAt(21, 7));
    }

    @Test
    void refusesWhatIsNoSchedule() {
        assertThrows(IllegalArgumentException.class, () -> SETTINGS.withLearningRate(0));
        assertThrows(IllegalArgumentException.class, () -> SETTINGS.withRateFalls(List.of(8, 8)));
        assertThrows(IllegalArgumentException.class, () -> SETTINGS.withRateFalls(List.of(0)));
    }

    @Test
    void withoutFallsItIsOneCycle() {
        assertEquals(new OneCycleSchedule(0.1, 30), TrainerSettings.of(10, 3).schedule());
    }
}

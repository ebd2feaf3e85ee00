package org.guidedmixup.bench.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class StepScheduleTest {

    @Test
    void fallsToATenthAtEveryStepGiven() {
        StepSchedule schedule = new StepSchedule(0.1, List.of(400L, 800L));
        assertEquals(0.1, schedule.at(0));
        assertEquals(0.1, schedule.at(399));
        assertEquals(0.01, schedule.at(400), 1e-12);
        assertEquals(0.01, schedule.at(799), 1e-12);
        assertEquals(0.001, schedule.at(800), 1e-12);
        assertEquals(0.001, schedule.at(5000), 1e-12);
        assertEquals(0.2, new StepSchedule(0.2, List.of()).at(7));
    }

    @Test
    void refusesWhatIsNoSchedule() {
        assertThrows(IllegalArgumentException.class, () -> new StepSchedule(0, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new StepSchedule(0.1, List.of(8L, 8L)));
    }

    @Test
    void theTrainingChoosesBySettings() {
        TrainerSettings settings = TrainerSettings.of(10, 3);
        assertEquals(new OneCycleSchedule(0.1, 30), settings.schedule());
        assertEquals(
                new StepSchedule(0.1, List.of(12L, 24L)),
                settings.withRateFalls(List.of(4, 8)).schedule());
    }
}

package org.guidedmixup.bench.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.schedule.CycleSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class OneCycleScheduleTest {

    /** Values of PyTorch 1.13's torch.optim.lr_scheduler.OneCycleLR(SGD, 0.1, total_steps, pct_start=0.3). */
    private static final double[] TWENTY_STEPS = {
        0.0040000000000000036, 0.013167184270002533, 0.037167184270002526, 0.06683281572999747, 0.09083281572999748,
        0.1, 0.09874640062350874, 0.09504846320134738, 0.089091617757105, 0.0811745653949763,
        0.07169430017913009, 0.06112620219362893, 0.0500002, 0.03887419780637107, 0.028306099820869922,
        0.0188258346050237, 0.010908782242895003, 0.004951936798652629, 0.0012539993764912555, 4e-07
    };

    private static final double[] SEVEN_STEPS = {
        0.0040000000000000036,
        0.09805566273349588,
        0.09190443762697106,
        0.06726838364805451,
        0.035773877573965704,
        0.00992967918932656,
        4e-07
    };

    @Test
    void isPyTorchs() {
        assertSchedule(TWENTY_STEPS);
        assertSchedule(SEVEN_STEPS);
    }

    @Test
    void needsStepsAndARate() {
        assertThrows(IllegalArgumentException.class, () -> new OneCycleSchedule(0.1, 0));
        assertThrows(IllegalArgumentException.class, () -> new OneCycleSchedule(Double.NaN, 10));
    }

    /** Shows why there is one of our own. */
    @Test
    void nd4jsCycleIsAnother() {
        ISchedule cycle = new CycleSchedule(ScheduleType.ITERATION, 0.1, TWENTY_STEPS.length);
        assertTrue(Math.abs(cycle.valueAt(5, 0) - TWENTY_STEPS[5]) > 0.01);
        assertTrue(Math.abs(cycle.valueAt(15, 0) - TWENTY_STEPS[15]) > 0.01);
    }

    private static void assertSchedule(double[] expected) {
        OneCycleSchedule schedule = new OneCycleSchedule(0.1, expected.length);
        for (int step = 0; step < expected.length; step++) {
            assertEquals(expected[step], schedule.valueAt(step, 0), 1e-15, "step " + step);
        }
    }
}

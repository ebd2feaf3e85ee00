package org.guidedmixup.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.guidedmixup.bench.training.EpochRecord;
import org.junit.jupiter.api.Test;

/** The table on the console, and the statistics in it. */
class ResultTableTest {

    @Test
    void itShowsMeanAndStandardDeviationOverSeeds() {
        assertEquals("""
                method          top-1 %       top-5 %       s/epoch
                ---------  ------------  ------------  ------------
                vanilla    72.00 ± 1.00  99.00 ± 0.00  10.20 ± 0.10
                mixup      76.00 ± 1.00  99.00 ± 0.00  10.30 ± 0.10
                guided-sr  81.00 ± 1.00  99.00 ± 0.00  11.00 ± 0.10
                """, ResultTable.render(Runs.study()));
    }

    @Test
    void oneSeedHasNoStandardDeviation() {
        String table = ResultTable.render(List.of(Runs.run("mixup", 1, 0.5, 2, 3)));
        assertTrue(table.endsWith("mixup     51.00    99.00     2.10\n"), table);
    }

    @Test
    void spreadIsThatOfASample() {
        Spread spread = Spread.of(1, 2, 3, 4, Double.NaN);
        assertEquals(2.5, spread.mean());
        assertEquals(Math.sqrt(5.0 / 3), spread.sd(), 1e-12);
        assertEquals(4, spread.count());
        assertEquals("–", Spread.of().text(2));
        assertEquals("7.0", Spread.of(7).text(1));
    }

    @Test
    void curvesAverageTheSeedsEpochByEpoch() {
        List<TrainingRun> runs = List.of(
                new TrainingRun(
                        "mixup", 1, List.of(Runs.epoch(0, 2, 0.2, 1), new EpochRecord(1, 1, Optional.empty(), 1))),
                new TrainingRun("mixup", 2, List.of(Runs.epoch(0, 4, 0.4, 1))));
        LearningCurve curve = LearningCurve.of(runs).get(0);
        assertEquals(List.of(1, 2), curve.epochs());
        assertEquals(List.of(3.0, 1.0), curve.trainLoss());
        assertEquals(30, curve.testTop1Percent().get(0), 1e-9);
        assertEquals(null, curve.testTop1Percent().get(1));
    }

    @Test
    void aRunIsSummedUpFromItsHistory() {
        List<EpochRecord> history = List.of(
                Runs.epoch(0, 2, 0.2, 30), Runs.epoch(1, 2, 0.3, 10), new EpochRecord(2, 1, Optional.empty(), 11));
        TrainingRun run = new TrainingRun("mixup", 1, history);
        assertEquals(0.3, run.top1());
        assertEquals(0.99, run.top5());
        assertEquals(11, run.secondsPerEpoch());
        assertEquals(Double.NaN, new TrainingRun("mixup", 1, List.of()).top1());
        assertEquals(Double.NaN, new TrainingRun("mixup", 1, List.of()).secondsPerEpoch());
    }
}

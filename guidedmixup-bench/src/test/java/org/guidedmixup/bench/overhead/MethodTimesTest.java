package org.guidedmixup.bench.overhead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MethodTimesTest {
    private static MethodTimes times(String method, double... milliseconds) {
        return new MethodTimes(
                method,
                DoubleStream.of(milliseconds)
                        .mapToObj(value -> new StepTime(value, value / 10))
                        .toList());
    }

    /** By hand: the differences are 10, 2 and 4 ms, vanilla's median is 200 ms. */
    @Test
    void overheadIsTheMedianOfPairedDifferences() {
        MethodTimes vanilla = times("vanilla", 100, 200, 400);
        MethodTimes mixing = times("mixing", 110, 202, 404);
        assertEquals(new Quartiles(1, 2, 5), mixing.overheadPercent(vanilla));
        assertEquals(1, mixing.overheadOfMediansPercent(vanilla), 1e-12);
        assertEquals(new Quartiles(11, 20.2, 40.4), mixing.mixing());
        assertEquals(10.1, mixing.mixingPercent(vanilla), 1e-12);
    }

    @Test
    void aDriftingMachineDoesNotChangeIt() {
        MethodTimes vanilla = times("vanilla", 100, 150, 200, 250, 300);
        MethodTimes mixing = times("mixing", 120, 170, 220, 270, 320);
        assertEquals(new Quartiles(10, 10, 10), mixing.overheadPercent(vanilla));
    }

    @Test
    void oneRunIsItsOwnQuartile() {
        assertEquals(new Quartiles(7, 7, 7), Quartiles.of(7));
        assertThrows(IllegalArgumentException.class, Quartiles::of);
    }

    @Test
    void pairsNeedAsManySteps() {
        MethodTimes two = times("mixup", 1, 2);
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> two.overheadPercent(times("vanilla", 1)));
        assertEquals("vanilla: expected 2 steps as in mixup, got 1", error.getMessage());
    }

    @Test
    void theTableIsForPeople() {
        MethodTimes vanilla = times("vanilla", 100, 200, 400);
        String table = OverheadTable.render(new BatchTimes(16, List.of(vanilla, times("guided-sr", 110, 202, 404))));
        assertEquals("""
                batch 16   step ms     middle half  overhead %  middle half  mixing ms  mixing %
                ---------  -------  --------------  ----------  -----------  ---------  --------
                vanilla      200.0  100.0 to 400.0           –            –          –         –
                guided-sr    202.0  110.0 to 404.0         2.0   1.0 to 5.0       20.2      10.1
                """, table);
    }
}

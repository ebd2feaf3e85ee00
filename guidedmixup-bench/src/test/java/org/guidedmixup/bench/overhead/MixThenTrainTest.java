package org.guidedmixup.bench.overhead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

class MixThenTrainTest {
    private final DataSet batch = new DataSet();
    private final List<Integer> mixed = new ArrayList<>();
    private final List<DataSet> trained = new ArrayList<>();
    private final MeasuredStep step = new MixThenTrain(
            "counted",
            (data, iteration) -> {
                assertSame(batch, data);
                mixed.add(iteration);
                return data;
            },
            trained::add);

    @Test
    void warmingUpMixesDifferentlyAgainAndAgainAndDoesNotTrain() {
        step.warmUp(batch, Duration.ofMillis(50));
        assertFalse(mixed.isEmpty());
        assertEquals(IntStream.range(0, mixed.size()).boxed().toList(), mixed);
        assertTrue(trained.isEmpty());
    }

    @Test
    void noTimeIsNoWarmUp() {
        step.warmUp(batch, Duration.ZERO);
        assertTrue(mixed.isEmpty());
    }

    @Test
    void aStepMixesOnceAndTrainsOnWhatCameOfIt() {
        step.run(batch, 7);
        assertEquals(List.of(7), mixed);
        assertEquals(1, trained.size());
        assertSame(batch, trained.get(0));
    }
}

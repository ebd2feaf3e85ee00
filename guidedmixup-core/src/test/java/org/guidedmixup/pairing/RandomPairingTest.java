package org.guidedmixup.pairing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomPairingTest {

    @Test
    void everyPermutationIsEquallyLikely() {
        SplittableRandom random = new SplittableRandom(1);
        Map<Pairing, Integer> counts = new HashMap<>();
        int draws = 24_000;
        for (int i = 0; i < draws; i++) {
            Pairing pairing = new RandomPairing().pair(4, () -> fail("distances are not needed"), random);
            counts.merge(pairing, 1, Integer::sum);
        }
        assertEquals(24, counts.size());
        // 1,000 expected of each; 150 is nearly five standard deviations.
        counts.forEach((pairing, count) -> assertEquals(1000, count, 150, pairing.toString()));
    }
}

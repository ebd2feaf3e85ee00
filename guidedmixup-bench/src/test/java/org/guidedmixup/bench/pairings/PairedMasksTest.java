package org.guidedmixup.bench.pairings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.PairingStrategy;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PairedMasksTest {

    /** Two pixels: images 0 and 1 have the same map, so do 2 and 3. */
    private final INDArray maps = Nd4j.createFromArray(
                    new float[][] {{0.5f, 0.5f}, {0.5f, 0.5f}, {0.9f, 0.1f}, {0.9f, 0.1f}})
            .reshape(4, 1, 2);

    private PairedMasks pairedBy(int... targets) {
        PairingStrategy strategy = (size, distances, random) -> Pairing.of(targets);
        return PairedMasks.of(List.of(maps, maps), strategy, 1);
    }

    @Test
    void equalMapsMixEveryPixelAlike() {
        PairedMasks masks = pairedBy(1, 0, 3, 2);
        assertEquals(0, masks.contrast(), 1e-6);
        assertEquals(0, masks.ratioSpread(), 1e-6);
        assertEquals(1, masks.likeness(), 1e-6);
    }

    @Test
    void differentMapsGiveContrast() {
        PairedMasks masks = pairedBy(2, 3, 0, 1);
        // m = 0.5 / 1.4 and 0.5 / 0.6; the partners' masks are one minus that.
        double first = 0.5 / 1.4;
        double second = 0.5 / 0.6;
        assertEquals((second - first) / 2, masks.contrast(), 1e-6);
        double off = (first + second) / 2 - 0.5;
        assertEquals(off * Math.sqrt(8.0 / 7), masks.ratioSpread(), 1e-6);
        assertEquals(-1, masks.likeness(), 1e-6);
    }
}

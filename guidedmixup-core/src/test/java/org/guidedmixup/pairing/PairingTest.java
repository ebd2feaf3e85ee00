package org.guidedmixup.pairing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PairingTest {

    @Test
    void onlyPermutationsAreAccepted() {
        for (int[] bad : new int[][] {{0, 0}, {1, 2}, {-1, 0}, {1, 1, 0}}) {
            String message = assertThrows(IllegalArgumentException.class, () -> Pairing.of(bad))
                    .getMessage();
            assertTrue(message.contains("permutation"), message);
        }
    }

    @Test
    void isAValue() {
        int[] targets = {1, 2, 0};
        Pairing pairing = Pairing.of(targets);
        targets[0] = 2;
        pairing.partners()[1] = 1;
        assertArrayEquals(new int[] {1, 2, 0}, pairing.partners());
        assertEquals(Pairing.of(1, 2, 0), pairing);
        assertEquals(Pairing.of(1, 2, 0).hashCode(), pairing.hashCode());
        assertNotEquals(Pairing.of(2, 0, 1), pairing);
        assertEquals("Pairing[1, 2, 0]", pairing.toString());
    }

    @Test
    void knowsASingleCycle() {
        assertTrue(Pairing.of(2, 0, 1).isSingleCycle());
        assertTrue(Pairing.of(0).isSingleCycle());
        assertFalse(Pairing.of(1, 0, 2).isSingleCycle());
        assertFalse(Pairing.of(1, 0, 3, 2).isSingleCycle());
    }

    @Test
    void partnersAreTheEntriesOfTheTargets() {
        INDArray array = Nd4j.arange(12).reshape(4, 3);
        INDArray partners = Pairing.of(3, 0, 1, 2).partners(array);
        assertEquals(array.getRow(3), partners.getRow(0));
        assertEquals(array.getRow(0), partners.getRow(1));
        assertEquals(array.getRow(2), partners.getRow(3));
    }
}

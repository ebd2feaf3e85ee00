package org.guidedmixup.mask;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class MixMaskTest {

    @Test
    void sharesFollowSaliencyAndHalfWhereNeitherIsSalient() {
        INDArray z = RandomImages.maps(1, 3, 4, 5);
        z.putScalar(0, 1, 1, 0);
        z.putScalar(2, 1, 1, 0);
        z.putScalar(1, 3, 3, 0);
        Pairing pairing = Pairing.of(2, 0, 1);
        MixMask mask = MixMask.ofSaliency(z, pairing);
        for (int i = 0; i < 3; i++) {
            double sum = 0;
            for (int y = 0; y < 4; y++) {
                for (int x = 0; x < 5; x++) {
                    double own = z.getDouble(i, y, x);
                    double other = z.getDouble(pairing.partner(i), y, x);
                    double expected = own + other == 0 ? 0.5 : own / (own + other);
                    assertEquals(expected, mask.weights().getDouble(i, y, x), 1e-6);
                    sum += expected;
                }
            }
            assertEquals(sum / 20, mask.ratio().getDouble(i), 1e-6);
        }
        assertEquals(0.5, mask.weights().getDouble(0, 1, 1));
        assertEquals(0, mask.weights().getDouble(1, 3, 3), 1e-30);
    }

    @Test
    void theCpuEqualsTheReferenceOfAnyBackend() {
        INDArray z = RandomImages.maps(7, 5, 50, 61);
        z.get(NDArrayIndex.interval(0, 3), NDArrayIndex.interval(7, 9), NDArrayIndex.all())
                .assign(0);
        Pairing pairing = Pairing.of(1, 2, 3, 4, 0);
        assertClose(
                MixMask.portable(z, pairing).weights(),
                MixMask.ofSaliency(z, pairing).weights(),
                1e-7,
                "mask");
    }

    @Test
    void anImageMixedWithItselfSharesHalf() {
        MixMask mask = MixMask.ofSaliency(RandomImages.maps(1, 1, 4, 4), Pairing.of(0));
        assertClose(Nd4j.valueArrayOf(new long[] {1, 4, 4}, 0.5), mask.weights(), 0, "mask");
    }

    @Test
    void broadcastsOverChannelsInBothLayouts() {
        MixMask mask = MixMask.of(RandomImages.maps(2, 2, 4, 5));
        assertArrayEquals(new long[] {2, 1, 4, 5}, mask.weights(DataFormat.NCHW).shape());
        assertArrayEquals(new long[] {2, 4, 5, 1}, mask.weights(DataFormat.NHWC).shape());
    }

    @Test
    void aConstantShareIsItsOwnRatio() {
        assertClose(Nd4j.createFromArray(0.25f, 1f), MixMask.constant(0.25f, 1).ratio(), 0, "ratio");
    }

    @Test
    void badWeightsAreNamed() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> MixMask.of(Nd4j.create(DataType.DOUBLE, 1, 2, 3)))
                .getMessage();
        assertTrue(message.contains("weights DOUBLE [1, 2, 3]"), message);
    }
}

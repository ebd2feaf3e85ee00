package org.guidedmixup.pairing;

import static org.guidedmixup.testing.ArrayAssertions.assertCloseRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.guidedmixup.filter.GaussianBlur;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SaliencyDistanceTest {

    @ParameterizedTest
    @CsvSource({"1,4,4", "2,3,5", "7,16,12", "20,32,32"})
    void agreesWithDirectDistancesInDoublePrecision(int m, int h, int w) {
        assertDistances(NormalizedSaliency.of(RandomImages.maps(1, m, h, w)).maps());
    }

    @Test
    void duplicatesAreAtDistanceZeroAndNearDuplicatesAreNotLost() {
        INDArray saliency = RandomImages.maps(2, 6, 24, 24);
        saliency.slice(3).assign(saliency.slice(0));
        saliency.slice(5).assign(saliency.slice(0));
        saliency.putScalar(5, 7, 7, saliency.getDouble(5, 7, 7) * 1.01);
        INDArray maps = NormalizedSaliency.of(saliency).maps();
        INDArray distance = assertDistances(maps);
        assertEquals(0, distance.getDouble(0, 3));
        assertTrue(distance.getDouble(0, 5) > 0);
    }

    @Test
    void equalImagesOfALargeBatchAreAtDistanceZero() {
        INDArray one = NormalizedSaliency.of(RandomImages.maps(3, 1, 32, 32)).maps();
        INDArray equal = Nd4j.create(DataType.FLOAT, 300, 32, 32).addi(one);
        INDArray distance = SaliencyDistance.between(equal);
        assertEquals(0, distance.maxNumber().doubleValue());
    }

    @ParameterizedTest
    @CsvSource({"1,2,2", "7,16,12", "64,70,70", "130,70,70", "300,9,11"})
    void theCpuEqualsTheReferenceOfAnyBackend(int m, int h, int w) {
        NormalizedSaliency normalized = NormalizedSaliency.of(RandomImages.maps(5, m, h, w));
        INDArray expected = SaliencyDistance.portable(normalized.maps());
        assertCloseRelative(expected, SaliencyDistance.between(normalized), 1e-5, 1e-6, "maps of the JVM");
        assertCloseRelative(expected, SaliencyDistance.between(normalized.maps()), 1e-5, 1e-6, "an array");
    }

    /** Maps that are kept small give the distances of the same maps at full size, also where one side is made smaller. */
    @ParameterizedTest
    @CsvSource({"3,150,120", "3,100,170", "3,600,40", "9,224,224", "40,140,300"})
    void smallMapsAreAsFarApartAsTheFullOnes(int m, int h, int w) {
        INDArray images = RandomImages.nchw(4, m, 3, h, w);
        images.slice(2).assign(images.slice(0));
        NormalizedSaliency small = new SpectralResidual()
                .detectNormalized(images, DataFormat.NCHW, List.of(new GaussianBlur(7, 3)))
                .orElseThrow();
        assertEquals(128 * 128, small.vectors(1 << 20).partLength());
        INDArray distance = SaliencyDistance.between(small);
        assertEquals(0, distance.getDouble(0, 2));
        for (INDArray expected : List.of(assertDistances(small.maps()), SaliencyDistance.portable(small.maps()))) {
            assertCloseRelative(expected, distance, 1e-4, 1e-6, "distances");
        }
        NormalizedSaliency inParts = NormalizedSaliency.ofNormalized(small.maps());
        assertCloseRelative(SaliencyDistance.between(inParts), distance, 1e-4, 1e-6, "maps of full size");
    }

    private static INDArray assertDistances(INDArray maps) {
        INDArray distance = SaliencyDistance.between(maps);
        INDArray exact = maps.castTo(DataType.DOUBLE);
        for (int i = 0; i < maps.size(0); i++) {
            for (int j = 0; j < maps.size(0); j++) {
                double expected = exact.slice(i).distance2(exact.slice(j));
                assertEquals(expected, distance.getDouble(i, j), 1e-4 * expected, i + ", " + j);
                assertEquals(distance.getDouble(j, i), distance.getDouble(i, j), "symmetric");
            }
        }
        return distance;
    }

    @Test
    void badMapsAreNamed() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> SaliencyDistance.between(Nd4j.create(DataType.FLOAT, 2, 3)))
                .getMessage();
        assertTrue(message.contains("normalized FLOAT [2, 3]"), message);
    }
}

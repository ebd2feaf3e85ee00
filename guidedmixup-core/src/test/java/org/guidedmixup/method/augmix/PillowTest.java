package org.guidedmixup.method.augmix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.Stream;
import org.guidedmixup.testing.ErrorMessages;
import org.guidedmixup.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The operations against arrays made with Pillow, level by level. */
class PillowTest {
    private static final Golden GOLDEN = new Golden("pillow");
    private static final int HEIGHT = 29;
    private static final int WIDTH = 23;

    static Stream<Arguments> operations() {
        return Stream.of(
                Arguments.of("autocontrast", (PlaneOperation) ToneCurve::autocontrast),
                Arguments.of("equalize", (PlaneOperation) ToneCurve::equalize),
                Arguments.of("posterize_3", ToneCurve.posterize(3)),
                Arguments.of("solarize_180", ToneCurve.solarize(180)),
                Arguments.of("rotate_8", AffineMap.rotation(8, HEIGHT, WIDTH)),
                Arguments.of("rotate_minus_29", AffineMap.rotation(-29, HEIGHT, WIDTH)),
                Arguments.of("shear_x_0_09", AffineMap.shearX(0.09)),
                Arguments.of("shear_x_minus_0_05", AffineMap.shearX(-0.05)),
                Arguments.of("shear_y_0_07", AffineMap.shearY(0.07)),
                Arguments.of("translate_x_3", AffineMap.translation(3, 0)),
                Arguments.of("translate_y_minus_2", AffineMap.translation(0, -2)));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyPixelEqualsPillows(String name, PlaneOperation operation) {
        byte[] image = plane("image");
        byte[] before = image.clone();
        byte[] output = new byte[image.length];
        Arrays.fill(output, (byte) 77);
        operation.apply(image, HEIGHT, WIDTH, output);
        assertArrayEquals(plane(name), output);
        assertArrayEquals(before, image, "the input changed");
    }

    @Test
    void equalizeLeavesAPlaneWithTooFewPixelsOutsideItsLightestLevel() {
        byte[] few = plane("few");
        byte[] output = new byte[few.length];
        ToneCurve.equalize(few, 2, 4, output);
        assertArrayEquals(plane("few_equalize"), output);
        assertArrayEquals(few, output);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 255})
    void aConstantPlaneStays(int level) {
        byte[] constant = new byte[3 * 400];
        Arrays.fill(constant, (byte) level);
        byte[] output = new byte[constant.length];
        ToneCurve.autocontrast(constant, 3, 400, output);
        assertArrayEquals(constant, output);
        ToneCurve.equalize(constant, 3, 400, output);
        assertArrayEquals(constant, output);
    }

    @Test
    void theWeakestAmountsChangeNothing() {
        byte[] image = plane("image");
        for (PlaneOperation nothing : new PlaneOperation[] {
            ToneCurve.posterize(8),
            ToneCurve.solarize(256),
            AffineMap.rotation(0, HEIGHT, WIDTH),
            AffineMap.shearX(0),
            AffineMap.translation(0, 0)
        }) {
            byte[] output = new byte[image.length];
            nothing.apply(image, HEIGHT, WIDTH, output);
            assertArrayEquals(image, output);
        }
    }

    @Test
    void aMoveByTheWholeImageLeavesBlack() {
        byte[] output = new byte[HEIGHT * WIDTH];
        AffineMap.translation(WIDTH, 0).apply(plane("image"), HEIGHT, WIDTH, output);
        assertArrayEquals(new byte[HEIGHT * WIDTH], output);
    }

    @Test
    void amountsOutOfRangeAreNamed() {
        ErrorMessages.assertIllegalArgument(() -> ToneCurve.posterize(9), "bits", "9");
        ErrorMessages.assertIllegalArgument(() -> ToneCurve.solarize(-1), "threshold", "-1");
    }

    private static byte[] plane(String name) {
        INDArray array = GOLDEN.array(name);
        byte[] plane = new byte[(int) array.length()];
        float[] values = array.castTo(DataType.FLOAT).dup('c').data().asFloat();
        for (int p = 0; p < plane.length; p++) {
            plane[p] = (byte) values[p];
            assertEquals(values[p], plane[p] & 0xff);
        }
        return plane;
    }
}

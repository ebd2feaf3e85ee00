package org.guidedmixup.method.augmix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Affine maps of whole images against a plain loop over pixels. */
class AffineMapTest {

    static Stream<int[]> sizes() {
        return Stream.of(new int[][] {{1, 1}, {1, 6}, {7, 1}, {2, 2}, {5, 8}, {32, 32}, {29, 23}, {64, 80}});
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void everyPixelEqualsThePlainLoop(int[] size) {
        int height = size[0];
        int width = size[1];
        Random random = new Random(height * 100 + width);
        for (AffineMap map : maps(height, width, random)) {
            byte[][] planes = new byte[3][height * width];
            byte[][] outputs = new byte[3][height * width + 2];
            for (byte[] plane : planes) {
                random.nextBytes(plane);
            }
            for (byte[] output : outputs) {
                random.nextBytes(output);
            }
            byte[][] expected = new byte[3][];
            for (int c = 0; c < 3; c++) {
                expected[c] = outputs[c].clone();
                plain(map, planes[c], height, width, expected[c]);
            }
            map.apply(planes, height, width, outputs);
            for (int c = 0; c < 3; c++) {
                assertArrayEquals(expected[c], outputs[c], map + ", channel " + c);
            }
            random.nextBytes(outputs[0]);
            System.arraycopy(expected[0], height * width, outputs[0], height * width, 2);
            map.apply(planes[0], height, width, outputs[0]);
            assertArrayEquals(expected[0], outputs[0], map + ", one channel");
        }
    }

    private static List<AffineMap> maps(int height, int width, Random random) {
        List<AffineMap> maps = new ArrayList<>();
        for (int degrees = -30; degrees <= 30; degrees += 3) {
            maps.add(AffineMap.rotation(degrees, height, width));
        }
        for (double angle : new double[] {45, 90, 180, 270, 1e-7}) {
            maps.add(AffineMap.rotation(angle, height, width));
        }
        for (int k = 0; k < 20; k++) {
            double amount = 0.3 * random.nextGaussian();
            maps.add(AffineMap.shearX(amount));
            maps.add(AffineMap.shearY(amount));
            maps.add(AffineMap.shearX(Math.rint(8 * amount) / 8));
            maps.add(AffineMap.shearY(Math.rint(8 * amount) / 8));
            maps.add(AffineMap.translation(Math.rint(width * amount), Math.rint(2 * amount)));
            maps.add(AffineMap.translation(width * amount, amount));
            maps.add(new AffineMap(
                    random.nextGaussian(),
                    amount,
                    width * random.nextDouble(),
                    amount,
                    random.nextGaussian(),
                    height * random.nextDouble()));
        }
        for (double far : new double[] {width, -width, height, -height, 1e12, -1e12, Double.POSITIVE_INFINITY}) {
            maps.add(AffineMap.translation(far, 0));
            maps.add(AffineMap.translation(0, far));
            maps.add(AffineMap.translation(far, 1));
        }
        return maps;
    }

    private static void plain(AffineMap map, byte[] plane, int height, int width, byte[] output) {
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double x = map.a() * (column + 0.5) + map.b() * (row + 0.5) + map.c();
                double y = map.d() * (column + 0.5) + map.e() * (row + 0.5) + map.f();
                boolean inside = x >= 0 && x < width && y >= 0 && y < height;
                output[row * width + column] = (byte) (inside ? plain(plane, height, width, x - 0.5, y - 0.5) : 0);
            }
        }
    }

    private static int plain(byte[] plane, int height, int width, double x, double y) {
        int left = (int) Math.floor(x);
        int upper = (int) Math.floor(y);
        double upperValue = plain(plane, Math.max(0, upper) * width, width, left, x - left);
        double lowerValue = upper + 1 < height ? plain(plane, (upper + 1) * width, width, left, x - left) : upperValue;
        return (int) (upperValue + (lowerValue - upperValue) * (y - upper));
    }

    private static double plain(byte[] plane, int row, int width, int left, double fraction) {
        int first = plane[row + Math.max(0, left)] & 0xff;
        int second = plane[row + Math.min(width - 1, left + 1)] & 0xff;
        return first + (second - first) * fraction;
    }
}

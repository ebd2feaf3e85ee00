package org.guidedmixup.internal.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import org.guidedmixup.filter.BilinearResize;
import org.guidedmixup.filter.GaussianBlur;
import org.guidedmixup.filter.SeparableFilter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters combined, and filters across rows, equal the filters applied one after the other. */
class HostFilterTest {

    @ParameterizedTest
    @CsvSource({"1,1,1,1", "2,3,7,5", "16,16,28,28", "33,20,17,40", "128,128,224,150"})
    void aChainAcrossRowsEqualsTheFiltersInTurn(int height, int width, int newHeight, int newWidth) {
        SeparableFilter blur = new GaussianBlur(7, 3);
        HostFilter first = onHost(blur, height, width);
        HostFilter second = onHost(new BilinearResize(newHeight, newWidth), height, width);
        HostFilter third = onHost(blur, newHeight, newWidth);
        float[][] map = random(height, width);

        float[][] expected = applied(third, applied(second, applied(first, map)));
        HostFilter all = HostFilter.chain(List.of(first, second, third)).orElseThrow();
        float[][] columns = columns(all, map);
        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                assertEquals(expected[y][x], columns[x][y], 1e-6, y + ", " + x);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,4", "4,3", "17,33", "64,20"})
    void theIdentityAcrossRowsTransposes(int height, int width) {
        float[][] map = random(height, width);
        float[][] columns = columns(HostFilter.identity(height, width), map);
        for (int x = 0; x < width; x++) {
            float[] column = new float[height];
            for (int y = 0; y < height; y++) {
                column[y] = map[y][x];
            }
            assertArrayEquals(column, columns[x]);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,7,5", "2,16,12", "3,33,20", "16,32,32"})
    void mapsSideBySideEqualPlainLoopsOverEach(int maps, int height, int width) {
        SeparableFilter blur = new GaussianBlur(7, 3);
        float[][] alongHeight = blur.alongHeight().compute(height);
        float[][] alongWidth = blur.alongWidth().compute(width);
        float[][] sideBySide = random(height, maps * width);
        float[][] columns = new Filtering(HostFilter.of(alongHeight, alongWidth), maps, sideBySide).columns();
        for (int m = 0; m < maps; m++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double sum = 0;
                    for (int i = 0; i < height; i++) {
                        for (int j = 0; j < width; j++) {
                            sum += alongHeight[i][y] * alongWidth[j][x] * sideBySide[i][m * width + j];
                        }
                    }
                    assertEquals(sum, columns[x][m * height + y], 1e-6, m + ": " + y + ", " + x);
                }
            }
        }
    }

    private static HostFilter onHost(SeparableFilter filter, int height, int width) {
        return HostFilter.of(
                filter.alongHeight().compute(height), filter.alongWidth().compute(width));
    }

    private static float[][] columns(HostFilter filter, float[][] map) {
        return filtering(filter, map).columns();
    }

    private static float[][] applied(HostFilter filter, float[][] map) {
        float[][] output = new float[filter.outputHeight()][filter.outputWidth()];
        filtering(filter, map).rows(output);
        return output;
    }

    private static Filtering filtering(HostFilter filter, float[][] map) {
        Filtering filtering = new Filtering(filter);
        for (int y = 0; y < map.length; y++) {
            System.arraycopy(map[y], 0, filtering.input[y], 0, map[y].length);
        }
        return filtering;
    }

    private static float[][] random(int height, int width) {
        SplittableRandom random = new SplittableRandom(height * 31L + width);
        float[][] map = new float[height][width];
        for (float[] row : map) {
            for (int x = 0; x < width; x++) {
                row[x] = (float) random.nextDouble();
            }
        }
        return map;
    }
}

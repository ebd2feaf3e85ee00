package org.guidedmixup.bench.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSpecTest {
    private static String problem(String spec) {
        String message =
                assertThrows(DataException.class, () -> DataSpec.parse(spec)).getMessage();
        assertEquals(1, message.lines().count());
        return message;
    }

    @Test
    void specificationsThatCannotBeAreExplained(@TempDir Path folder) throws Exception {
        assertTrue(problem("mnist:x").contains(DataSpec.KNOWN));
        assertTrue(problem("").contains(DataSpec.KNOWN));
        assertTrue(problem(folder.toString()).contains("expected folder:" + folder + " for a folder of images"));
        assertTrue(problem("shapes:x").contains("no folder"));
        assertTrue(problem("cifar100").contains("cifar100:DIR"));
        assertTrue(problem("folder: ").contains("folder:DIR"));
        assertTrue(problem("idx:" + folder.resolve("gone")).contains("gone: no such folder"));
        Path file = Files.createFile(folder.resolve("file"));
        assertTrue(problem("folder:" + file).contains("not a folder"));
        assertTrue(problem("folder:a\0b").contains("not a path"));
    }

    @Test
    void optionsOutOfRangeAreNamed() {
        LoadOptions all = LoadOptions.all(0);
        assertTrue(assertThrows(DataException.class, () -> all.withClasses(0))
                .getMessage()
                .contains("--classes 0"));
        assertTrue(assertThrows(DataException.class, () -> all.withPerClass(-1))
                .getMessage()
                .contains("--per-class -1"));
        assertTrue(assertThrows(DataException.class, () -> all.withImageSize(2))
                .getMessage()
                .contains("between 4 and 2048"));
    }

    @Test
    void classesAreTakenEvenlyInAlphabeticalOrder() {
        List<String> hundred = NumberedClasses.names(100);
        assertEquals("05", hundred.get(5));
        List<String> twenty = Selection.classes(hundred, OptionalInt.of(20));
        assertEquals(20, twenty.size());
        assertEquals(List.of("00", "05", "10"), twenty.subList(0, 3));
        assertEquals(List.of("a", "b", "d"), Selection.classes(List.of("e", "d", "c", "b", "a"), OptionalInt.of(3)));
        assertEquals(List.of("b", "a"), Selection.classes(List.of("b", "a"), OptionalInt.empty()));
    }

    @Test
    void shapesAreTheSameForTheSameSeed() {
        DataSource shapes = DataSpec.parse("shapes");
        ImageData data = shapes.load(LoadOptions.all(1).withPerClass(3));
        ImageData again = shapes.load(LoadOptions.all(1).withPerClass(4));
        ImageData other = shapes.load(LoadOptions.all(2).withPerClass(3));
        assertEquals(30, data.train().size());
        assertEquals(500, data.test().size());
        assertEquals(10, data.train().classes());
        assertEquals(
                data.train().classNames().stream().sorted().toList(),
                data.train().classNames());
        assertArrayEquals(data.train().pixels(2), again.train().pixels(2));
        assertArrayEquals(data.train().pixels(5), again.train().pixels(6), "image 2 of class 1");
        assertFalse(Arrays.equals(data.train().pixels(0), data.test().pixels(0)));
        assertFalse(Arrays.equals(data.train().pixels(0), other.train().pixels(0)));
    }

    @Test
    void shapesComeInAnySizeAndAnyNumberOfClasses() {
        ImageData data = DataSpec.parse("shapes")
                .load(LoadOptions.all(1).withPerClass(2).withImageSize(48).withClasses(5));
        assertEquals(
                List.of("arrow", "cross", "heart", "ring", "star"), data.train().classNames());
        assertEquals(48, data.train().height());
        assertEquals(10, data.train().size());
        assertTrue(IntStream.range(0, 10).allMatch(i -> data.train().label(i) == i / 2));
        assertEquals(
                4,
                DataSpec.parse("shapes")
                        .load(LoadOptions.all(1).withPerClass(1).withImageSize(4))
                        .train()
                        .width());
    }

    @Test
    void resizingKeepsConstantsAndMeansAndInterpolates() {
        byte[] ramp = {0, 100, (byte) 200, 100, 0, 0};
        assertArrayEquals(new byte[] {50, 50}, new TriangleResize(1, 4, 1, 2).apply(new byte[] {50, 50, 50, 50}, 1));
        assertArrayEquals(new byte[] {0, 25, 75, 100}, new TriangleResize(1, 2, 1, 4).apply(new byte[] {0, 100}, 1));
        assertArrayEquals(ramp, new TriangleResize(2, 3, 2, 3).apply(ramp, 1));
        byte[] tall = new TriangleResize(2, 1, 4, 1).apply(new byte[] {0, 100, 10, 10}, 2);
        assertArrayEquals(new byte[] {0, 25, 75, 100, 10, 10, 10, 10}, tall);
        byte[] shrunk = new TriangleResize(1, 64, 1, 4).apply(checker(64), 1);
        for (byte value : shrunk) {
            assertEquals(127, value & 0xff, 6, "no aliasing");
        }
    }

    private static byte[] checker(int count) {
        byte[] values = new byte[count];
        for (int i = 0; i < count; i += 2) {
            values[i] = (byte) 255;
        }
        return values;
    }

    @Test
    void imageSetsRefuseContradictions() {
        List<String> names = List.of("a");
        assertThrows(IllegalArgumentException.class, () -> new ImageSet(new byte[2][3], new int[1], names, 3, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ImageSet(new byte[1][4], new int[1], names, 3, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ImageSet(new byte[1][3], new int[] {1}, names, 3, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ImageSet(new byte[1][0], new int[1], names, 3, 0, 1));
        ImageSet one = new ImageSet(new byte[1][3], new int[1], names, 3, 1, 1);
        ImageSet wide = new ImageSet(new byte[1][6], new int[1], names, 3, 1, 2);
        assertThrows(IllegalArgumentException.class, () -> new ImageData(one, wide, 0));
        assertEquals(2, one.subset(0, 0).size());
    }
}

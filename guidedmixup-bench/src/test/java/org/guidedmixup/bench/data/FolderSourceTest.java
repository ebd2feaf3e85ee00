package org.guidedmixup.bench.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {
    @TempDir
    Path folder;

    private ImageData load(LoadOptions options) {
        return DataSpec.parse("folder:" + folder).load(options);
    }

    private String problem(LoadOptions options) {
        return assertThrows(DataException.class, () -> load(options)).getMessage();
    }

    private static void contains(String message, String... parts) {
        for (String part : parts) {
            assertTrue(message.contains(part), "'" + message + "' should mention '" + part + "'");
        }
        assertEquals(1, message.lines().count());
    }

    private Path image(String name, int width, int height, int value) throws IOException {
        return write(name, width, height, value, BufferedImage.TYPE_INT_RGB);
    }

    private Path write(String name, int width, int height, int value, int type) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (type == BufferedImage.TYPE_BYTE_GRAY) {
                    image.getRaster().setSample(x, y, 0, value);
                } else {
                    image.setRGB(x, y, new Color(value, 255 - value, 3).getRGB());
                }
            }
        }
        String format = name.substring(name.lastIndexOf('.') + 1);
        assertTrue(ImageIO.write(image, format, file.toFile()));
        return file;
    }

    private void classes(String split, int perClass, String... names) throws IOException {
        for (String name : names) {
            for (int i = 0; i < perClass; i++) {
                image(split + name + "/image" + i + ".png", 4, 6, 10 * i);
            }
        }
    }

    /** Keeps only the first part of the file. */
    private static void cut(Path file, double part) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * part)));
    }

    private static List<Integer> reds(ImageSet images) {
        return IntStream.range(0, images.size())
                .mapToObj(i -> images.pixels(i)[0] & 0xff)
                .toList();
    }

    @Test
    void trainAndTestFoldersAreUsedAndValIsNot() throws IOException {
        classes("train/", 3, "dog", "cat");
        classes("test/", 2, "dog", "cat");
        classes("val/", 1, "dog");
        Files.writeString(folder.resolve("train/cat/notes.txt"), "not an image");
        Files.writeString(folder.resolve("train/cat/.hidden.png"), "not an image either");
        ImageData data = load(LoadOptions.all(0));
        assertEquals(List.of("cat", "dog"), data.train().classNames());
        assertEquals(6, data.train().size());
        assertEquals(4, data.test().size());
        assertEquals(3, data.train().channels());
        assertEquals(6, data.train().height());
        assertEquals(4, data.train().width());
        assertEquals(List.of(0, 10, 20, 0, 10, 20), reds(data.train()));
        assertEquals(245, data.train().pixels(1)[24] & 0xff);
        assertEquals(3, data.train().pixels(1)[48]);
        assertEquals(0, data.skippedFiles());
    }

    @Test
    void valIsReportedWhenThereIsNoTest() throws IOException {
        classes("train/", 2, "a", "b");
        classes("val/", 3, "a", "b");
        assertEquals(6, load(LoadOptions.all(0)).test().size());
    }

    @Test
    void withoutSplitsAFifthOfEachClassIsDrawnForTestingBySeed() throws IOException {
        classes("", 10, "a", "b", "train"); // a class may be called train
        ImageData data = load(LoadOptions.all(3));
        assertEquals(24, data.train().size());
        assertEquals(6, data.test().size());
        for (int k = 0; k < 3; k++) {
            int label = k;
            assertEquals(
                    2,
                    IntStream.range(0, 6)
                            .filter(i -> data.test().label(i) == label)
                            .count());
        }
        assertEquals(reds(data.test()), reds(load(LoadOptions.all(3)).test()));
        assertNotEquals(reds(data.test()), reds(load(LoadOptions.all(4)).test()));
        assertEquals(
                List.of("a", "b"),
                load(LoadOptions.all(3).withClasses(2)).test().classNames());
        assertEquals(
                reds(data.train()).subList(0, 3),
                reds(load(LoadOptions.all(3).withPerClass(3)).train()).subList(0, 3));
    }

    @Test
    void contradictingFoldersAreNamed() throws IOException {
        contains(problem(LoadOptions.all(0)), folder.toString(), "no class folders");
        classes("train/", 2, "a", "b");
        classes("test/", 2, "a");
        contains(problem(LoadOptions.all(0)), "test", "no class folder 'b'");
        classes("test/", 2, "b", "c");
        contains(problem(LoadOptions.all(0)), "train", "no class folder 'c'");
        Files.createDirectories(folder.resolve("train/c"));
        contains(problem(LoadOptions.all(0)), "c", "no images", ".jpg");
        classes("train/", 1, "c");
        contains(problem(LoadOptions.all(0).withPerClass(2)), "--per-class 2", "'c'", "only 1");
    }

    @Test
    void testWithoutTrainAndSingleImageClassesAreRefused() throws IOException {
        classes("test/", 2, "a");
        contains(problem(LoadOptions.all(0)), "test/", "no train/");
        classes("train/", 2, "a", "b");
        classes("test/", 2, "b");
        assertEquals(4, load(LoadOptions.all(0)).test().size());
        Path single = folder.resolve("single");
        Files.createDirectories(single.resolve("a"));
        Files.createDirectories(single.resolve("b"));
        Files.copy(folder.resolve("train/a/image0.png"), single.resolve("a/one.png"));
        Files.copy(folder.resolve("train/a/image0.png"), single.resolve("b/one.png"));
        Files.copy(folder.resolve("train/a/image0.png"), single.resolve("b/two.png"));
        contains(
                assertThrows(DataException.class, () -> DataSpec.parse("folder:" + single)
                                .load(LoadOptions.all(0)))
                        .getMessage(),
                single.resolve("a").toString(),
                "class 'a' has 1 readable images",
                "at least 2");
    }

    @Test
    void differentSizesNeedImageSize() throws IOException {
        classes("", 4, "a");
        image("b/large.png", 20, 10, 90);
        image("b/small.png", 4, 6, 90);
        contains(problem(LoadOptions.all(0)), "20 x 10", "4 x 6", "large.png", "image", "--image-size N");
        ImageData data = load(LoadOptions.all(0).withImageSize(8));
        assertEquals(8, data.train().height());
        assertEquals(8, data.train().width());
        assertTrue(reds(data.train()).contains(90) && reds(data.test()).contains(90));
    }

    @Test
    void damagedFilesAreSkippedAndCountedOrAnErrorIfStrict() throws IOException {
        classes("train/", 3, "a", "b");
        classes("test/", 2, "a", "b");
        cut(image("train/a/cut.jpg", 4, 6, 100), 0.9);
        cut(image("train/a/cut.png", 4, 6, 100), 0.6);
        cut(image("test/b/cut.gif", 4, 6, 100), 0.3);
        Files.writeString(folder.resolve("train/b/text.png"), "no image");
        Files.createSymbolicLink(folder.resolve("train/b/gone.png"), folder.resolve("nowhere.png"));
        ImageData data = load(LoadOptions.all(0));
        assertEquals(5, data.skippedFiles());
        assertEquals(6, data.train().size());
        assertEquals(4, data.test().size());
        contains(problem(LoadOptions.all(0).withStrict()), "cut.jpg", "unreadable");
        assertEquals(4, load(LoadOptions.all(0).withPerClass(2)).train().size());
    }

    @Test
    void classOfOnlyDamagedFilesIsAnError() throws IOException {
        classes("train/", 2, "a", "b");
        classes("test/", 1, "a", "b");
        cut(folder.resolve("test/b/image0.png"), 0.5);
        contains(problem(LoadOptions.all(0)), "image0.png", "all others of class 'b'");
    }

    @Test
    void greyIsNotBrightenedAndAlphaIsDropped() throws IOException {
        write("a/grey.png", 4, 4, 77, BufferedImage.TYPE_BYTE_GRAY);
        write("a/grey.jpg", 4, 4, 77, BufferedImage.TYPE_BYTE_GRAY);
        write("a/alpha.png", 4, 4, 77, BufferedImage.TYPE_INT_ARGB);
        write("a/indexed.gif", 4, 4, 77, BufferedImage.TYPE_BYTE_INDEXED);
        assertEquals(77, ImageFile.read(folder.resolve("a/grey.png")).pixels()[32]);
        assertEquals(77, ImageFile.read(folder.resolve("a/grey.jpg")).pixels()[32], 1);
        assertEquals(77, ImageFile.read(folder.resolve("a/alpha.png")).pixels()[0]);
        assertEquals(77, ImageFile.read(folder.resolve("a/indexed.gif")).pixels()[0], 30);
        write("b/one.png", 4, 4, 77, BufferedImage.TYPE_INT_RGB);
        write("b/two.png", 4, 4, 77, BufferedImage.TYPE_INT_RGB);
        assertEquals(0, load(LoadOptions.all(0)).skippedFiles());
    }

    @Test
    void headerThatPromisesTooManyPixelsIsRefusedBeforeDecoding() throws IOException {
        Path bomb = image("a/bomb.png", 4, 4, 1);
        byte[] bytes = Files.readAllBytes(bomb);
        ByteBuffer.wrap(bytes).putInt(16, 100_000).putInt(20, 100_000); // width and height in the first chunk
        Files.write(bomb, bytes);
        String message =
                assertThrows(IOException.class, () -> ImageFile.read(bomb)).getMessage();
        contains(message, "100000 x 100000", "40 million");
    }

    @Test
    void linksOutOfTheFolderAreNotFollowed(@TempDir Path outside) throws IOException {
        classes("", 5, "a", "c");
        Files.createDirectories(outside.resolve("b"));
        Files.copy(folder.resolve("a/image0.png"), outside.resolve("b/x.png"));
        Files.createSymbolicLink(folder.resolve("a/linked.png"), outside.resolve("b/x.png"));
        assertEquals(1, load(LoadOptions.all(0)).skippedFiles());
        contains(problem(LoadOptions.all(0).withStrict()), "linked.png", "link out of");
        Files.createSymbolicLink(folder.resolve("b"), outside.resolve("b"));
        contains(problem(LoadOptions.all(0)), "b", "link out of");
    }

    /** The split draws only from readable images. */
    @Test
    void anUnreadableFileOfASmallClassFailsWithNoSeed() throws IOException {
        classes("", 3, "a", "b");
        cut(folder.resolve("a/image0.png"), 0.6);
        Files.delete(folder.resolve("a/image1.png"));
        image("a/image3.png", 4, 6, 100);
        for (int seed = 0; seed < 16; seed++) {
            ImageData data = load(LoadOptions.all(seed));
            assertEquals(1, data.skippedFiles());
            assertEquals(
                    1,
                    IntStream.of(data.test().label(0), data.test().label(1))
                            .filter(k -> k == 0)
                            .count());
            assertEquals(3, data.train().size());
            assertEquals(2, load(LoadOptions.all(seed).withPerClass(1)).train().size());
        }
        Files.delete(folder.resolve("a/image3.png"));
        contains(
                problem(LoadOptions.all(0)),
                "class 'a' has 1 readable images",
                "unreadable: ",
                "image0.png",
                "at least 2");
    }

    @Test
    void withFewImagesAClassTheSplitIsTheSame() throws IOException {
        classes("", 10, "a", "b");
        cut(folder.resolve("a/image4.png"), 0.6);
        ImageData all = load(LoadOptions.all(7));
        ImageData few = load(LoadOptions.all(7).withPerClass(3));
        assertEquals(reds(all.test()), reds(few.test()));
        assertEquals(reds(all.train()).subList(0, 3), reds(few.train()).subList(0, 3));
        assertEquals(6, few.train().size());
    }

    @Test
    void theCauseIsToldWhereNoImageCanBeRead(@TempDir Path outside) throws IOException {
        Path picture = Files.write(outside.resolve("x.png"), new byte[10]);
        for (String name : List.of("a", "b")) {
            Files.createDirectories(folder.resolve(name));
            Files.createSymbolicLink(folder.resolve(name + "/linked.png"), picture);
        }
        contains(problem(LoadOptions.all(0)), "linked.png", "like all others", "a link out of the data folder");
        contains(problem(LoadOptions.all(0).withImageSize(4)), "linked.png", "a link out of the data folder");
    }

    @Test
    void filesOfOtherFormatsAreCountedAndAnErrorIfStrict() throws IOException {
        classes("", 2, "a", "b");
        Files.write(folder.resolve("a/picture.webp"), new byte[10]);
        assertEquals(1, load(LoadOptions.all(0)).skippedFiles());
        contains(problem(LoadOptions.all(0).withStrict()), "1 images of formats that are not read", ".png");
    }

    /** The damaged files after those that are needed would be an error if anyone read them. */
    @Test
    void aSampleReadsNoMoreThanItNeeds() throws IOException {
        classes("", 20, "a", "b", "c", "d", "e", "f", "g", "h");
        for (Path late : images("a", 10)) {
            Files.writeString(late, "no image");
        }
        LoadOptions sample = LoadOptions.all(1).withStrict().withSample(4);
        assertEquals(8 * 2, load(sample).train().size());
        assertTrue(problem(LoadOptions.all(1).withStrict()).contains("unreadable"));
        classes("train/", 3, "a", "b");
        classes("test/", 3, "a", "b");
        Files.writeString(images("test/b", 1).get(0), "no image");
        assertEquals(2, load(sample).test().size());
    }

    /** Returns the files of a class from a place of the alphabetical order on. */
    private List<Path> images(String name, int from) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.sorted().skip(from).toList();
        }
    }
}

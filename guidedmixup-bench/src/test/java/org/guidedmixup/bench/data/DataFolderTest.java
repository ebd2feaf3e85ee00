package org.guidedmixup.bench.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Folders that lead elsewhere, and files that claim to be more than they are. */
class DataFolderTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path outside;

    private String problem(String format) {
        String message = assertThrows(DataException.class, () -> DataSpec.parse(format + ":" + folder)
                        .load(LoadOptions.all(0)))
                .getMessage();
        assertEquals(1, message.lines().count());
        return message;
    }

    private static void assertSays(String message, String... parts) {
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void linkedFilesOfCifarAndIdxStayInTheFolder() throws IOException {
        Files.write(outside.resolve("train.bin"), new byte[3073]);
        Files.createSymbolicLink(folder.resolve("train.bin"), outside.resolve("train.bin"));
        Files.write(folder.resolve("real.bin"), new byte[3073]);
        Files.createSymbolicLink(folder.resolve("test.bin"), folder.resolve("real.bin"));
        assertSays(problem("cifar10"), "train.bin", "link out of");
        Files.delete(folder.resolve("train.bin"));
        Files.createLink(folder.resolve("train.bin"), folder.resolve("real.bin"));
        Files.createSymbolicLink(folder.resolve("batches.meta.txt"), outside.resolve("train.bin"));
        assertSays(problem("cifar10"), "batches.meta.txt", "link out of");
        Files.delete(folder.resolve("batches.meta.txt"));
        assertEquals(
                1,
                DataSpec.parse("cifar10:" + folder)
                        .load(LoadOptions.all(0))
                        .test()
                        .size());

        Files.createSymbolicLink(
                folder.resolve("train-images-idx3-ubyte"),
                Path.of("..", outside.getFileName().toString(), "train.bin"));
        assertSays(problem("idx"), "train-images", "link out of");
    }

    /** If the user's own argument is a link, its target is the data folder. */
    @Test
    void theFolderItselfMayBeALink() throws IOException {
        Files.write(folder.resolve("train.bin"), new byte[3073]);
        Files.write(folder.resolve("test.bin"), new byte[3073]);
        Path link = Files.createSymbolicLink(outside.resolve("data"), folder);
        assertEquals(
                1,
                DataSpec.parse("cifar10:" + link)
                        .load(LoadOptions.all(0))
                        .train()
                        .size());
    }

    @Test
    void namesAreOfAReasonableLength() throws IOException {
        Files.write(folder.resolve("train.bin"), new byte[3073]);
        try (RandomAccessFile names =
                new RandomAccessFile(folder.resolve("batches.meta.txt").toFile(), "rw")) {
            names.setLength(5_000_000_000L); // without blocks on the disk
        }
        assertSays(problem("cifar10"), "batches.meta.txt", "at most 1000000 bytes");
    }

    @Test
    void moreThanTheMemoryOfTheJvmIsRefusedBeforeItIsRead() throws IOException {
        byte[] noise = new byte[2_000_000];
        new Random(1).nextBytes(noise);
        int rows = (int) (Runtime.getRuntime().maxMemory() / 2_000_000);
        byte[] header = ByteBuffer.allocate(16)
                .putInt(0x803)
                .putInt(1000)
                .putInt(rows)
                .putInt(1000)
                .array();
        try (GZIPOutputStream out =
                new GZIPOutputStream(Files.newOutputStream(folder.resolve("train-images-idx3-ubyte.gz")))) {
            out.write(header);
            out.write(noise);
        }
        assertSays(problem("idx"), "train-images", "the JVM has");
    }

    @Test
    void anImageHeaderThatItsFileCannotFillIsRefused() throws IOException {
        Path file = folder.resolve("lie.png");
        ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).putInt(16, 6000).putInt(20, 6000);
        Files.write(file, bytes);
        String message =
                assertThrows(IOException.class, () -> ImageFile.size(file)).getMessage();
        assertSays(message, "6000 x 6000", "cannot be in " + bytes.length);
    }

    /** The size that counts is that of the first picture, not that of its canvas. */
    @Test
    void aGifOfMillionsOfPixelsInAFewBytesIsRefused() throws IOException {
        ByteBuffer gif = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        gif.put("GIF89a".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 4)
                .putShort((short) 4)
                .put(new byte[3]);
        gif.put((byte) ',')
                .putInt(0)
                .putShort((short) 6000)
                .putShort((short) 6000)
                .put((byte) 0)
                .put((byte) 2);
        Path file = Files.write(folder.resolve("lie.gif"), gif.array());
        String message =
                assertThrows(IOException.class, () -> ImageFile.read(file)).getMessage();
        assertSays(message, "6000 x 6000", "cannot be in 40 bytes");
    }

    @Test
    void aBitmapThatHoldsAnotherImageIsRefused() throws IOException {
        Path file = folder.resolve("a.bmp");
        ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "bmp", file.toFile());
        byte[] bytes = Files.readAllBytes(file);
        assertEquals(4, ImageFile.read(file).size().width());
        // Compression 4 is JPEG; the four bytes after it are its length.
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(30, 4).putInt(34, Integer.MAX_VALUE - 8);
        Files.write(file, bytes);
        String message =
                assertThrows(IOException.class, () -> ImageFile.read(file)).getMessage();
        assertSays(message, "compression 4");
    }

    @Test
    @Timeout(60)
    void aPipeIsNoImage() throws IOException, InterruptedException {
        Path classFolder = Files.createDirectories(folder.resolve("a"));
        Files.createDirectories(folder.resolve("b"));
        for (String name : List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png")) {
            ImageIO.write(
                    new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB),
                    "png",
                    folder.resolve(name).toFile());
        }
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "no mkfifo");
        Process mkfifo = new ProcessBuilder(
                        "/usr/bin/mkfifo", classFolder.resolve("0.png").toString())
                .start();
        assertTrue(mkfifo.waitFor(10, TimeUnit.SECONDS));
        ImageData data = DataSpec.parse("folder:" + folder).load(LoadOptions.all(0));
        assertEquals(4, data.train().size() + data.test().size());
    }
}

package org.guidedmixup.bench.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryFormatsTest {
    @TempDir
    Path folder;

    private ImageData load(String name, LoadOptions options) {
        return DataSpec.parse(name + ":" + folder).load(options);
    }

    private String problem(String name, LoadOptions options) {
        return assertThrows(DataException.class, () -> load(name, options)).getMessage();
    }

    private static void contains(String message, String... parts) {
        for (String part : parts) {
            assertTrue(message.contains(part), "'" + message + "' should mention '" + part + "'");
        }
        assertEquals(1, message.lines().count());
    }

    /**
     * Makes records whose pixels are the label in plane 0, the number of the record in plane 1, and counting up in
     * plane 2.
     */
    private static byte[] cifar(boolean coarse, int... labels) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < labels.length; i++) {
            if (coarse) {
                out.write(0);
            }
            out.write(labels[i]);
            for (int p = 0; p < 3072; p++) {
                out.write(p < 1024 ? labels[i] : p < 2048 ? i : p);
            }
        }
        return out.toByteArray();
    }

    @Test
    void cifar100ReadsFineLabelsAndChannelPlanes() throws IOException {
        Files.write(folder.resolve("train.bin"), cifar(true, 7, 99));
        Files.write(folder.resolve("test.bin"), cifar(true, 0));
        ImageData data = load("cifar100", LoadOptions.all(0));
        assertEquals(100, data.train().classes());
        assertEquals("07", data.train().classNames().get(7));
        assertEquals(99, data.train().label(1));
        assertEquals(99, data.train().pixels(1)[1023]);
        assertEquals(1, data.train().pixels(1)[1024]);
        assertEquals(5, data.train().pixels(1)[2048 + 5]);
        assertEquals(1, data.test().size());
    }

    @Test
    void cifar10ReadsFiveBatchesAndNames() throws IOException {
        for (int b = 1; b <= 5; b++) {
            Files.write(folder.resolve("data_batch_" + b + ".bin"), cifar(false, b));
        }
        Files.write(folder.resolve("test_batch.bin"), cifar(false, 9));
        Files.write(folder.resolve("batches.meta.txt"), List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", ""));
        ImageData data = load("cifar10", LoadOptions.all(0));
        assertEquals(5, data.train().size());
        assertEquals("j", data.test().classNames().get(data.test().label(0)));
        assertEquals(
                1, load("cifar10", LoadOptions.all(0).withImageSize(16)).train().label(0));
        assertEquals(
                16,
                load("cifar10", LoadOptions.all(0).withImageSize(16)).train().height());
    }

    @Test
    void classesAndPerClassSelectDeterministically() throws IOException {
        Files.write(folder.resolve("train.bin"), cifar(false, 0, 1, 5, 5, 0, 9, 5, 0));
        Files.write(folder.resolve("test.bin"), cifar(false, 5, 3, 0));
        ImageData data = load("cifar10", LoadOptions.all(0).withClasses(2).withPerClass(2));
        assertEquals(List.of("0", "5"), data.train().classNames());
        assertEquals(4, data.train().size());
        int[] records = {0, 2, 3, 4};
        int[] labels = {0, 1, 1, 0};
        for (int i = 0; i < 4; i++) {
            assertEquals(records[i], data.train().pixels(i)[1024], "the first in file order");
            assertEquals(labels[i], data.train().label(i));
        }
        assertEquals(2, data.test().size());
        assertEquals(1, data.test().label(0));
        contains(
                problem("cifar10", LoadOptions.all(0).withClasses(2).withPerClass(4)),
                "--per-class 4",
                "'0'",
                "only 3");
        contains(problem("cifar10", LoadOptions.all(0).withClasses(11)), "--classes 11", "10");
    }

    @Test
    void damagedCifarIsNamed() throws IOException {
        contains(problem("cifar100", LoadOptions.all(0)), folder.toString(), "train.bin", "test.bin");
        contains(problem("cifar10", LoadOptions.all(0)), "data_batch_1.bin", "test_batch.bin");
        Files.write(folder.resolve("train.bin"), new byte[3074 + 5]);
        contains(problem("cifar100", LoadOptions.all(0)), "train.bin", "3079", "3074");
        Files.write(folder.resolve("train.bin"), cifar(true, 1, 100));
        contains(problem("cifar100", LoadOptions.all(0)), "train.bin", "label 100", "record 1", "0 to 99");
        Files.write(folder.resolve("train.bin"), new byte[0]);
        contains(problem("cifar100", LoadOptions.all(0)), "train.bin", "0 bytes");
        Files.write(folder.resolve("fine_label_names.txt"), List.of("apple"));
        contains(problem("cifar100", LoadOptions.all(0)), "fine_label_names.txt", "100", "found 1");
    }

    private void idx(String name, int magic, int[] dimensions, byte[] values) throws IOException {
        try (OutputStream file = Files.newOutputStream(folder.resolve(name));
                DataOutputStream out = new DataOutputStream(name.endsWith(".gz") ? new GZIPOutputStream(file) : file)) {
            out.writeInt(magic);
            for (int dimension : dimensions) {
                out.writeInt(dimension);
            }
            out.write(values);
        }
    }

    private void wholeIdx() throws IOException {
        idx("train-images-idx3-ubyte.gz", 0x803, new int[] {2, 1, 3}, new byte[] {1, 2, 3, 4, 5, (byte) 200});
        idx("train-labels.idx1-ubyte", 0x801, new int[] {2}, new byte[] {2, 0});
        idx("t10k-images.idx3-ubyte.gz", 0x803, new int[] {1, 1, 3}, new byte[] {7, 8, 9});
        idx("t10k-labels-idx1-ubyte", 0x801, new int[] {1}, new byte[] {1});
    }

    @Test
    void idxReadsZippedOrNotWithEitherSeparator() throws IOException {
        wholeIdx();
        ImageData data = load("idx", LoadOptions.all(0));
        assertEquals(List.of("0", "1", "2"), data.train().classNames());
        assertEquals(1, data.train().channels());
        assertEquals(1, data.train().height());
        assertEquals(3, data.train().width());
        assertEquals(2, data.train().label(0));
        assertEquals((byte) 200, data.train().pixels(1)[2]);
        assertEquals(7, data.test().pixels(0)[0]);
    }

    @Test
    void damagedIdxIsNamed() throws IOException {
        contains(problem("idx", LoadOptions.all(0)), folder.toString(), "train-images-idx3-ubyte");
        wholeIdx();
        idx("t10k-labels-idx1-ubyte", 0x801, new int[] {2}, new byte[] {1, 1});
        contains(problem("idx", LoadOptions.all(0)), "t10k-labels", "2 labels", "1 images");
        idx("t10k-labels-idx1-ubyte", 0x803, new int[] {1}, new byte[] {1});
        contains(problem("idx", LoadOptions.all(0)), "t10k-labels", "0x00000803", "0x00000801");
        idx("t10k-labels-idx1-ubyte", 0x801, new int[] {-1}, new byte[] {1});
        contains(problem("idx", LoadOptions.all(0)), "t10k-labels", "-1");
        idx("t10k-labels-idx1-ubyte", 0x801, new int[] {1}, new byte[] {1, 2});
        contains(problem("idx", LoadOptions.all(0)), "t10k-labels", "goes on");
        Files.write(folder.resolve("t10k-labels-idx1-ubyte"), new byte[] {0, 0, 8});
        contains(problem("idx", LoadOptions.all(0)), "t10k-labels", "ends too early");
        Files.write(folder.resolve("train-images-idx3-ubyte.gz"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
        contains(problem("idx", LoadOptions.all(0)), "train-images", "cannot be read");
    }

    @Test
    void idxHeaderThatPromisesTooMuchGetsNoMemory() throws IOException {
        wholeIdx();
        int huge = Integer.MAX_VALUE;
        idx("train-images-idx3-ubyte.gz", 0x803, new int[] {huge, huge, huge}, new byte[6]);
        contains(problem("idx", LoadOptions.all(0)), "train-images", "header promises", "size");
        idx("train-images-idx3-ubyte.gz", 0x803, new int[] {20, 10, 10}, new byte[6]);
        contains(problem("idx", LoadOptions.all(0)), "train-images", "header promises", "ends after 6");
    }
}

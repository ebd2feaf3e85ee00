package org.guidedmixup.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** If results cannot be written, one line says where and why, and existing files are kept. */
class UnwritableFolderTest {
    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();
    private boolean mounted;

    private int train(Path out, String methods, String... more) {
        CommandLine line = CommandLineTool.create();
        line.setOut(new PrintWriter(new StringWriter()));
        line.setErr(new PrintWriter(err));
        Stream<String> arguments = Stream.of(
                "train",
                "--data=shapes",
                "--classes=2",
                "--per-class=8",
                "--batch=8",
                "--width=4",
                "--epochs=1",
                "--method=" + methods,
                "--out=" + out);
        return line.execute(Stream.concat(arguments, Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void aFullDisk() throws IOException, InterruptedException {
        Path disk = mountDisk();
        Path out = disk.resolve("results");
        assertEquals(0, train(out, "vanilla"), err.toString());
        fill(disk.resolve("filler"));
        Map<String, Integer> before = contents(disk);

        assertEquals(2, train(out, "vanilla,guided-sr", "--resume"));
        assertFailure(out, "No space left on device");
        assertEquals(before, contents(disk));

        Files.delete(disk.resolve("filler"));
        assertEquals(0, train(out, "vanilla,guided-sr", "--resume"), err.toString());
    }

    @Test
    void aDiskThatIsReadOnly() throws IOException, InterruptedException {
        Path disk = mountDisk();
        assertEquals(0, train(disk, "vanilla"), err.toString());
        Map<String, Integer> before = contents(disk);
        assumeTrue(succeeds("mount", "-o", "remount,ro", disk.toString()), "cannot remount");

        assertEquals(2, train(disk, "vanilla"));
        assertFailure(disk, "Read-only file system");
        assertEquals(2, train(disk.resolve("new"), "vanilla"));
        assertEquals(before, contents(disk));
    }

    @Test
    void aFolderInsideAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "content");
        assertEquals(2, train(file.resolve("out"), "vanilla"));
        assertFailure(file, "not a directory");
        assertEquals("content", Files.readString(file));
    }

    private void assertFailure(Path where, String why) {
        String message = err.toString();
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.contains(where.toString()), message);
        assertTrue(message.toLowerCase(Locale.ROOT).contains(why.toLowerCase(Locale.ROOT)), message);
        err.getBuffer().setLength(0);
    }

    /** Mounts a disk of two megabytes, which only root may do. */
    private Path mountDisk() throws IOException, InterruptedException {
        mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", directory.toString());
        assumeTrue(mounted, "mounting a disk needs root");
        return directory;
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (mounted) {
            assertTrue(succeeds("umount", directory.toString()));
        }
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] page = new byte[4096];
            while (true) {
                out.write(page);
            }
        } catch (IOException e) {
            assertTrue(e.getMessage().contains("No space left"), e.getMessage());
        }
    }

    /** Returns every file with the hash of its content. */
    private static Map<String, Integer> contents(Path folder) throws IOException {
        Map<String, Integer> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}

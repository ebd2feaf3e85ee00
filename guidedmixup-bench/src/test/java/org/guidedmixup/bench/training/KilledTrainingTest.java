package org.guidedmixup.bench.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.guidedmixup.bench.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training that is killed repeatedly, without a chance to clean up, and resumed each time. Three times in every
 * build; set {@code -Dkills=20} for more.
 */
class KilledTrainingTest {
    private static final int KILLS = Integer.getInteger("kills", 3);
    private static final int EPOCHS = 2 * KILLS + 4;
    private static final List<String> METHODS = List.of("vanilla", "guided-sr");

    @TempDir
    private Path directory;

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void theResultIsThatOfAnUninterruptedTraining() throws IOException, InterruptedException {
        Path whole = directory.resolve("whole");
        Path killed = directory.resolve("killed");
        long start = System.nanoTime();
        Process uninterrupted = train(whole);
        awaitChange(uninterrupted, whole, newestCheckpoint(killed));
        long firstEpochMillis = millisSince(start);
        finish(uninterrupted);
        long wholeMillis = millisSince(start);

        int inTraining = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            FileTime before = newestCheckpoint(killed);
            Process process = train(killed, "--resume");
            if (kill % 2 == 0) {
                // Some time after an epoch, so that every other kill finds the training further on than the last.
                awaitChange(process, killed, before);
                pause(process, random.nextLong((wholeMillis - firstEpochMillis) / KILLS + 1));
            } else {
                // At any time: as the JVM starts, as the checkpoint is read, in the first epochs.
                pause(process, random.nextLong(firstEpochMillis * 5 / 4 + 1));
            }
            assertTrue(process.isAlive(), "finished before it could be killed: " + output(process));
            process.destroyForcibly().waitFor();
            inTraining += newestCheckpoint(killed).equals(before) ? 0 : 1;
        }
        assertTrue(inTraining >= (KILLS + 1) / 2, "killed after an epoch or more: " + inTraining);
        finish(train(killed, "--resume"));

        assertEquals(accuracies(whole), accuracies(killed));
        for (String method : METHODS) {
            assertEqualStates(checkpoint(whole, method), checkpoint(killed, method));
        }
        assertEquals(files(whole), files(killed), "nothing half written is left");
        System.out.printf("%d kills, %d of them after an epoch or more had been trained%n", KILLS, inTraining);
    }

    private Process train(Path out, String... more) throws IOException {
        Stream<String> command = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "train",
                "--data=shapes",
                "--classes=2",
                "--per-class=8",
                "--batch=8",
                "--width=4",
                "--epochs=" + EPOCHS,
                "--method=" + String.join(",", METHODS),
                "--out=" + out);
        return new ProcessBuilder(Stream.concat(command, Stream.of(more)).toList())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile())
                .start();
    }

    private static long millisSince(long nanoTime) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanoTime);
    }

    private void finish(Process process) throws IOException, InterruptedException {
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), "still running");
        assertEquals(0, process.exitValue(), output(process));
    }

    private String output(Process process) throws IOException {
        return process.pid() + ":\n" + Files.readString(directory.resolve("output.txt"));
    }

    private static void awaitChange(Process process, Path out, FileTime before)
            throws IOException, InterruptedException {
        while (process.isAlive() && newestCheckpoint(out).equals(before)) {
            Thread.sleep(2);
        }
    }

    private static void pause(Process process, long millis) throws InterruptedException {
        process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Returns when a training last finished an epoch; the beginning of time if none ever did. */
    private static FileTime newestCheckpoint(Path out) throws IOException {
        FileTime newest = FileTime.fromMillis(0);
        for (String method : METHODS) {
            Path file = checkpointFile(out, method);
            if (Files.exists(file) && Files.getLastModifiedTime(file).compareTo(newest) > 0) {
                newest = Files.getLastModifiedTime(file);
            }
        }
        return newest;
    }

    private static Path checkpointFile(Path out, String method) {
        return out.resolve("checkpoints").resolve(method + "-seed1.checkpoint");
    }

    private static TrainingState checkpoint(Path out, String method) throws IOException {
        return CheckpointFile.read(checkpointFile(out, method));
    }

    /** The columns of results.csv that are not times. */
    private static List<String> accuracies(Path out) throws IOException {
        return Files.readAllLines(out.resolve("results.csv")).stream()
                .map(line -> String.join(",", List.of(line.split(",", -1)).subList(0, 5)))
                .toList();
    }

    private static List<String> files(Path out) throws IOException {
        try (Stream<Path> files = Files.walk(out)) {
            return files.map(file -> out.relativize(file).toString()).sorted().toList();
        }
    }

    private static void assertEqualStates(TrainingState expected, TrainingState actual) {
        assertEquals(expected.identity(), actual.identity());
        assertEquals(expected.values().keySet(), actual.values().keySet());
        expected.values()
                .forEach((name, values) ->
                        assertArrayEquals(values, actual.values().get(name), name));
        assertEquals(
                expected.history().stream().map(KilledTrainingTest::withoutTime).toList(),
                actual.history().stream().map(KilledTrainingTest::withoutTime).toList());
    }

    private static EpochRecord withoutTime(EpochRecord epoch) {
        return new EpochRecord(epoch.epoch(), epoch.trainLoss(), epoch.accuracy(), 0);
    }
}

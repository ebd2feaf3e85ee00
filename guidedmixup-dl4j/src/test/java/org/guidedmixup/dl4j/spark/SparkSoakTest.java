package org.guidedmixup.dl4j.spark;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.Batches;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import scala.Tuple2;

/** Many batches through two executors: their memory and the driver's stay what they were. Not in a usual build. */
@Tag("soak")
class SparkSoakTest {
    private static final int BATCHES = Integer.getInteger("soak.spark.batches", 50_000);
    private static final int JOB = 500;

    /** The heap is touched beforehand, so that what grows is off it; the driver's options are the test's, docs/reliability.md. */
    private static final String FIXED_HEAP = "-Xms1g -XX:+AlwaysPreTouch -XX:TieredStopAtLevel=1";

    private static final Path STATUS = Path.of("/proc/self/status");

    /** A leaked batch of 4 x 2 x 8 x 6 is 1.5 MB per 1,000. */
    private static final double FLAT = 500;

    /** The first half warms up: the JVMs compile, and allocators and heaps find their size. */
    @Test
    void memoryOfDriverAndExecutorsStaysFlat(@TempDir Path home) {
        assumeTrue(Files.exists(STATUS), "resident memory is read from " + STATUS);
        BatchMixer mixer = GuidedMixup.builder().mixProbability(1).seed(4).build();
        Map<String, SimpleRegression> memory = new TreeMap<>();
        Map<String, String> names = new TreeMap<>();
        try (JavaSparkContext spark = SparkContexts.cluster(home, FIXED_HEAP)) {
            for (int done = 0; done < BATCHES; done += JOB) {
                List<Long> numbers = LongStream.range(done, done + JOB).boxed().toList();
                JavaPairRDD<DataSet, Long> numbered = spark.parallelize(numbers, 2)
                        .mapToPair(number -> new Tuple2<>(Batches.batch(4, number), number));
                Map<String, Long> resident = new TreeMap<>(SparkMixup.mixNumbered(numbered, mixer, 0)
                        .mapPartitionsToPair(mixed -> {
                            mixed.forEachRemaining(batch -> batch.getFeatures().close());
                            return List.of(new Tuple2<>(
                                            "" + ProcessHandle.current().pid(), kilobytes()))
                                    .iterator();
                        })
                        .reduceByKey(Math::max)
                        .collectAsMap());
                resident.put("driver", kilobytes());
                for (Map.Entry<String, Long> process : resident.entrySet()) {
                    String name = process.getKey().equals("driver")
                            ? "driver"
                            : names.computeIfAbsent(process.getKey(), pid -> "executor " + (names.size() + 1));
                    if (done >= BATCHES / 2) {
                        memory.computeIfAbsent(name, missing -> new SimpleRegression())
                                .addData((done + JOB) / 1000.0, (double) process.getValue());
                    }
                }
            }
        }
        memory.forEach((name, line) -> System.out.println(figures(name, line)));
        memory.forEach((name, line) -> assertTrue(line.getSlope() < FLAT, () -> figures(name, line)));
    }

    private static String figures(String name, SimpleRegression line) {
        return String.format(
                Locale.ROOT,
                "%s: %d measurements, about %.0f kB at first, slope %.1f ± %.1f kB per 1,000 batches",
                name,
                line.getN(),
                line.predict(BATCHES / 2000.0),
                line.getSlope(),
                line.getSlopeConfidenceInterval());
    }

    /** Of this process, after a garbage collection: what is off the heap is freed with its owners. */
    private static long kilobytes() {
        System.gc();
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(entry -> entry.startsWith("VmRSS:"))
                    .mapToLong(entry -> Long.parseLong(entry.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

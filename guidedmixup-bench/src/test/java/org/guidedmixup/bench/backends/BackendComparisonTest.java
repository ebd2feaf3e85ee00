package org.guidedmixup.bench.backends;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real JVMs: one with the backend of the tests, one whose backend's jars were taken away, one that was never packaged. */
class BackendComparisonTest {
    private static final List<String> ONE_SHORT_RUN = Arrays.asList(
            "GuidedSrBenchmark.mix$ -f 0 -wi 0 -i 1 -r 100ms -p batch=2 -p height=8 -p pairing=random".split(" "));

    private static List<Path> classPath(Predicate<String> wanted) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(wanted)
                .map(Path::of)
                .toList();
    }

    @Test
    void comparesBackendsAndSaysWhyOneDoesNotStart() throws Exception {
        List<BackendJars> backends = List.of(
                new BackendJars("cpu", classPath(jar -> true)),
                new BackendJars("broken", classPath(jar -> !jar.contains("nd4j-native"))),
                new BackendJars("cuda", List.of()));
        List<String> done = new ArrayList<>();
        List<String> table = new BackendComparison(ONE_SHORT_RUN, false)
                .run(backends, done::add)
                .lines()
                .toList();
        assertEquals(List.of("cpu", "broken", "cuda"), done);
        assertTrue(
                table.get(0).matches("backend +GuidedSrBenchmark.mix batch=2 height=8 pairing=random +note"),
                table::toString);
        assertTrue(table.get(2).matches("cpu +[0-9.]+ ms/op"), table::toString);
        assertTrue(table.get(3).matches("broken +– .*no ND4J backend can start: .+"), table::toString);
        assertTrue(table.get(4).matches("cuda +– +not packaged; build with -Pcuda"), table::toString);
    }

    @Test
    void jmhsMistakesAreTold() throws Exception {
        List<String> noSuch = List.of("NoSuchBenchmark");
        String table = new BackendComparison(noSuch, false)
                .run(List.of(new BackendJars("cpu", classPath(jar -> true))), name -> {});
        assertTrue(table.contains("No matching benchmarks"), table);
    }
}

package org.guidedmixup.bench.backends;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.guidedmixup.bench.report.TextTable;
import org.openjdk.jmh.Main;

/** Runs the same benchmarks on several backends in turn, each in a JVM that has no other backend. */
public final class BackendComparison {
    private static final String NONE = "–";

    private final List<String> options;
    private final boolean verbose;
    private final CudaBackend cuda;
    private final List<BenchmarkTimes> results = new ArrayList<>();

    /**
     * Prepares a comparison.
     *
     * @param options JMH's own options, which say what to run
     * @param verbose whether JMH's output is shown
     */
    public BackendComparison(List<String> options, boolean verbose) {
        this(options, verbose, new NvidiaDriver());
    }

    BackendComparison(List<String> options, boolean verbose, NvidiaDriver driver) {
        this.options = List.copyOf(options);
        this.verbose = verbose;
        cuda = new CudaBackend(driver);
    }

    /**
     * Runs the benchmarks.
     *
     * @param backends the backends, in order
     * @param done called with each backend that has finished
     * @return a table: one row per backend, one column per benchmark, and a note on why a backend did not run
     * @throws IOException if no JVM can be started or no file written
     * @throws InterruptedException if this thread is interrupted
     */
    public String run(List<BackendJars> backends, Consumer<String> done) throws IOException, InterruptedException {
        for (BackendJars backend : backends) {
            results.add(run(backend));
            done.accept(backend.name());
        }
        return table();
    }

    private BenchmarkTimes run(BackendJars backend) throws IOException, InterruptedException {
        Optional<String> missing = backend.missing();
        if (missing.isEmpty() && backend.isCuda()) {
            missing = cuda.unsupported();
        }
        if (missing.isPresent()) {
            return BenchmarkTimes.failed(backend.name(), missing.get());
        }
        Path folder = Files.createTempDirectory("guidedmixup-backends");
        try {
            return run(backend, folder);
        } finally {
            try (var files = Files.list(folder)) {
                files.map(Path::toFile).forEach(File::delete);
            }
            Files.delete(folder);
        }
    }

    private BenchmarkTimes run(BackendJars backend, Path folder) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        Process probe = backend.java(BackendProbe.class, List.of())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (probe.waitFor() != 0) {
            Optional<String> missing =
                    backend.isCuda() ? cuda.missing(Files.readString(said, StandardCharsets.UTF_8)) : Optional.empty();
            return BenchmarkTimes.failed(backend.name(), missing.isPresent() ? missing.get() : lastLine(said));
        }
        Path json = folder.resolve("jmh.json");
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-rf", "json", "-rff", json.toString()));
        ProcessBuilder jmh = backend.java(Main.class, arguments).redirectErrorStream(true);
        Process process = (verbose ? jmh.inheritIO() : jmh.redirectOutput(said.toFile())).start();
        boolean failed = process.waitFor() != 0;
        BenchmarkTimes times = Files.exists(json) && Files.size(json) > 0
                ? BenchmarkTimes.read(backend.name(), json)
                : BenchmarkTimes.failed(backend.name(), "");
        return failed || times.times().isEmpty()
                ? BenchmarkTimes.failed(backend.name(), verbose ? "JMH failed, see above" : errorLine(said))
                : times;
    }

    /** Returns JMH's error, or else its last line. */
    private static String errorLine(Path file) throws IOException {
        try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
            Optional<String> error = lines.filter(line -> line.startsWith("ERROR: ") || line.contains("No matching"))
                    .findFirst();
            return error.isPresent() ? error.get() : lastLine(file);
        }
    }

    private static String lastLine(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .orElse("the JVM ended without a message");
    }

    private String table() {
        Set<String> benchmarks = new LinkedHashSet<>();
        results.forEach(result -> benchmarks.addAll(result.times().keySet()));
        List<String> headings = new ArrayList<>(List.of("backend"));
        headings.addAll(benchmarks);
        headings.add("note");
        List<List<String>> rows = new ArrayList<>();
        for (BenchmarkTimes result : results) {
            List<String> row = new ArrayList<>(List.of(result.backend()));
            benchmarks.forEach(name -> row.add(result.times().getOrDefault(name, NONE)));
            row.add(result.note());
            rows.add(row);
        }
        return TextTable.render(headings, rows);
    }
}

package org.guidedmixup.bench.backends;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The results of one backend.
 *
 * @param backend its name
 * @param times score ± error by benchmark and parameters, in the order of the run; empty if it did not run
 * @param note why it did not run; empty if it did
 */
record BenchmarkTimes(String backend, Map<String, String> times, String note) {

    static BenchmarkTimes failed(String backend, String reason) {
        return new BenchmarkTimes(backend, Map.of(), reason);
    }

    /** Returns the results in JMH's JSON. */
    static BenchmarkTimes read(String backend, Path json) throws IOException {
        Map<String, String> times = new LinkedHashMap<>();
        for (JsonNode run : new ObjectMapper().readTree(json.toFile())) {
            times.put(name(run), score(run.path("primaryMetric")));
        }
        return new BenchmarkTimes(backend, times, "");
    }

    /** Returns the benchmark and its parameters, as in {@code GuidedSrBenchmark.mix batch=64 height=224}. */
    private static String name(JsonNode run) {
        String benchmark = run.path("benchmark").asText();
        int method = benchmark.lastIndexOf('.');
        List<String> words = new ArrayList<>();
        words.add(benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1));
        run.path("params")
                .properties()
                .forEach(param ->
                        words.add(param.getKey() + "=" + param.getValue().asText()));
        return String.join(" ", words);
    }

    private static String score(JsonNode metric) {
        double error = metric.path("scoreError").asDouble(Double.NaN); // "NaN" after a single measurement
        String unit = metric.path("scoreUnit").asText();
        String spread = Double.isNaN(error) ? "" : String.format(Locale.ROOT, " ± %.3g", error);
        return String.format(Locale.ROOT, "%.3g%s %s", metric.path("score").asDouble(), spread, unit);
    }
}

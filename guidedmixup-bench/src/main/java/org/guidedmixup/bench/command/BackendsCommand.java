package org.guidedmixup.bench.command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.guidedmixup.bench.backends.BackendComparison;
import org.guidedmixup.bench.backends.BackendJars;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Compares CPU and GPU. */
@Command(
        name = "backends",
        description = {
            "Runs the same benchmarks on every backend, CPU and (packaged with -Pcuda) CUDA, each in a JVM of its own, and "
                    + "prints one table. A backend that cannot start gets a row that says why.",
            "JMH's options come after --, for example: backends -- GuidedSrBenchmark -p batch=64 -p height=224"
        },
        sortOptions = false)
final class BackendsCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "OPTION",
            description = "JMH's options (default: GuidedSrBenchmark -p pairing=greedy).")
    private List<String> options = List.of("GuidedSrBenchmark", "-p", "pairing=greedy");

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<BackendJars> backends = BackendJars.packaged();
        String table;
        try (Progress progress = new Progress(common, "backends", backends.size())) {
            table = new BackendComparison(options, common.verbose()).run(backends, progress::step);
        }
        common.print(table.stripTrailing());
        return 0;
    }
}

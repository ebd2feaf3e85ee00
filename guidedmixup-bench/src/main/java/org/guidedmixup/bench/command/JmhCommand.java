package org.guidedmixup.bench.command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs JMH unchanged. */
@Command(
        name = "jmh",
        description = {
            "Runs the benchmarks with JMH's own options, for example",
            "jmh GuidedSrBenchmark -p batch=64 -p height=224. JMH's help is jmh -h."
        })
final class JmhCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "OPTION", description = "JMH's options.")
    private List<String> options = List.of();

    @Override
    public Integer call() throws IOException {
        Main.main(options.toArray(String[]::new));
        return 0;
    }
}

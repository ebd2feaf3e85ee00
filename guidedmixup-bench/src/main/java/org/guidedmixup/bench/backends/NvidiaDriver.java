package org.guidedmixup.bench.backends;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The GPUs of this machine, as reported by nvidia-smi, which comes with NVIDIA's driver. */
final class NvidiaDriver {
    private static final List<String> NVIDIA_SMI =
            List.of("nvidia-smi", "--query-gpu=name,compute_cap", "--format=csv,noheader");
    private static final Pattern GPU = Pattern.compile("(.+), *(\\d+)\\.(\\d+)");

    private final List<String> command;

    /** The driver of this machine. */
    NvidiaDriver() {
        this(NVIDIA_SMI);
    }

    /** A program with the output of nvidia-smi. */
    NvidiaDriver(List<String> command) {
        this.command = List.copyOf(command);
    }

    /**
     * A GPU.
     *
     * @param name NVIDIA's name
     * @param major of the compute capability
     * @param minor of the compute capability
     */
    record Gpu(String name, int major, int minor) {
        @Override
        public String toString() {
            return name + " (compute capability " + major + "." + minor + ")";
        }
    }

    /**
     * Returns the GPUs that the driver reports.
     *
     * @return none if the driver finds none, or is too old to report their compute capability; empty if there is no driver
     * @throws InterruptedException if this thread is interrupted
     */
    Optional<List<Gpu>> gpus() throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .start();
            process.getOutputStream().close();
            String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return Optional.of(told.lines()
                    .map(String::strip)
                    .map(GPU::matcher)
                    .filter(Matcher::matches)
                    .map(gpu -> new Gpu(gpu.group(1), Integer.parseInt(gpu.group(2)), Integer.parseInt(gpu.group(3))))
                    .toList());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

package org.guidedmixup.bench.backends;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.guidedmixup.bench.backends.NvidiaDriver.Gpu;

/**
 * What ND4J's CUDA backend needs but this machine lacks. nd4j-cuda-11.6 1.0.0-M2.1 holds machine code for compute capabilities
 * 3.7, 5.0, 5.2, 6.0, 6.1, 7.0, 7.5, 8.0 and 8.6, which GPUs of 8.9 run as well, and no PTX, which a driver could translate for
 * newer ones.
 */
final class CudaBackend {
    private static final int OLDEST_MAJOR = 3;
    private static final int OLDEST_MINOR = 7;
    private static final int NEWEST_MAJOR = 8;

    /** As in "libcudart.so.11.0: cannot open shared object file". */
    private static final Pattern MISSING =
            Pattern.compile("(lib[\\w.+-]+\\.so[\\w.]*): cannot open shared object file");

    private final NvidiaDriver driver;

    CudaBackend(NvidiaDriver driver) {
        this.driver = driver;
    }

    /**
     * Returns why it is not started at all: ND4J would start, and fail or end the JVM at its first operation.
     *
     * @return the reason, if the driver reports GPUs and the backend has code for none of them
     * @throws InterruptedException if this thread is interrupted
     */
    Optional<String> unsupported() throws InterruptedException {
        List<Gpu> gpus = driver.gpus().orElse(List.of());
        if (gpus.isEmpty() || gpus.stream().anyMatch(CudaBackend::runs)) {
            return Optional.empty();
        }
        return Optional.of("nd4j-cuda-11.6 has code for compute capabilities 3.7 to 8.9 (Kepler to Ada) only; here: "
                + gpus.stream().map(Gpu::toString).distinct().collect(Collectors.joining(", ")));
    }

    private static boolean runs(Gpu gpu) {
        boolean newEnough = gpu.major() > OLDEST_MAJOR || (gpu.major() == OLDEST_MAJOR && gpu.minor() >= OLDEST_MINOR);
        return newEnough && gpu.major() <= NEWEST_MAJOR;
    }

    /**
     * Returns why it did not start.
     *
     * @param said all that the JVM printed
     * @return the part that is missing; empty if that is unknown
     * @throws InterruptedException if this thread is interrupted
     */
    Optional<String> missing(String said) throws InterruptedException {
        Matcher library = MISSING.matcher(said);
        boolean found = library.find();
        Optional<List<Gpu>> gpus = driver.gpus();
        if (gpus.isEmpty() || (found && library.group(1).startsWith("libcuda.so"))) {
            return Optional.of("NVIDIA's driver is missing: " + (gpus.isEmpty() ? "no nvidia-smi" : library.group(1)));
        }
        if (found) {
            return Optional.of("CUDA's libraries are missing: no " + library.group(1)
                    + "; install CUDA 11.6 with cuDNN 8.3, or put org.bytedeco:cuda-platform-redist:11.6-8.3-1.5.7 into"
                    + " backend-cuda");
        }
        return gpus.get().isEmpty() ? Optional.of("NVIDIA's driver reports no GPU") : Optional.empty();
    }
}

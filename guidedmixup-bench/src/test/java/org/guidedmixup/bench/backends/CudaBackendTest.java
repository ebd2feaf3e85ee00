package org.guidedmixup.bench.backends;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a machine with other GPUs than this one: programs that print what nvidia-smi would there. */
class CudaBackendTest {
    private static final NvidiaDriver NO_DRIVER = new NvidiaDriver(List.of("there-is-no-such-program"));

    private static NvidiaDriver printing(String... lines) {
        List<String> command = new ArrayList<>(List.of("printf", "%s\\n"));
        command.addAll(List.of(lines));
        return new NvidiaDriver(command);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    NVIDIA H100 80GB HBM3, 9.0  | NVIDIA H100 80GB HBM3 (compute capability 9.0)
                    NVIDIA H200, 9.0            | NVIDIA H200 (compute capability 9.0)
                    NVIDIA B200, 10.0           | NVIDIA B200 (compute capability 10.0)
                    NVIDIA GeForce RTX 5090, 12.0 | NVIDIA GeForce RTX 5090 (compute capability 12.0)
                    Tesla K20, 3.5              | Tesla K20 (compute capability 3.5)
                    """)
    void gpusThatItHasNoCodeForAreNamed(String line, String gpu) throws Exception {
        assertEquals(
                Optional.of("nd4j-cuda-11.6 has code for compute capabilities 3.7 to 8.9 (Kepler to Ada) only; here: "
                        + gpu),
                new CudaBackend(printing(line)).unsupported());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                    Tesla K80, 3.7
                    Tesla V100-SXM2-16GB, 7.0
                    NVIDIA A100-SXM4-40GB, 8.0
                    NVIDIA GeForce RTX 3090, 8.6
                    NVIDIA L4, 8.9
                    No devices were found
                    Field "compute_cap" is not a valid field to query.
                    """)
    void otherGpusAreTried(String line) throws Exception {
        assertEquals(Optional.empty(), new CudaBackend(printing(line)).unsupported());
    }

    /** One of several is enough; CUDA_VISIBLE_DEVICES chooses. */
    @Test
    void oneGpuThatRunsItIsEnough() throws Exception {
        assertEquals(Optional.empty(), new CudaBackend(printing("NVIDIA H100, 9.0", "NVIDIA A100, 8.0")).unsupported());
        String two = new CudaBackend(printing("NVIDIA H100, 9.0", "NVIDIA H100, 9.0", "NVIDIA B200, 10.0"))
                .unsupported()
                .orElseThrow();
        assertTrue(
                two.endsWith("here: NVIDIA H100 (compute capability 9.0), NVIDIA B200 (compute capability 10.0)"), two);
    }

    @Test
    void theMissingPartIsNamed() throws Exception {
        String noRuntime =
                "java.lang.UnsatisfiedLinkError: /home/user/.javacpp/cache/cuda/libjnicudart.so: libcudart.so.11.0:"
                        + " cannot open shared object file: No such file or directory";
        String noDriver = noRuntime.replace("libcudart.so.11.0", "libcuda.so.1");
        NvidiaDriver a100 = printing("NVIDIA A100, 8.0");
        assertEquals(Optional.empty(), new CudaBackend(NO_DRIVER).unsupported());
        assertEquals(
                Optional.of("NVIDIA's driver is missing: no nvidia-smi"),
                new CudaBackend(NO_DRIVER).missing(noRuntime));
        assertEquals(Optional.of("NVIDIA's driver is missing: libcuda.so.1"), new CudaBackend(a100).missing(noDriver));
        assertEquals(
                Optional.of("NVIDIA's driver reports no GPU"),
                new CudaBackend(printing("No devices were found")).missing("whatever"));
        String libraries = new CudaBackend(a100).missing(noRuntime).orElseThrow();
        assertTrue(
                libraries.startsWith("CUDA's libraries are missing: no libcudart.so.11.0; install CUDA 11.6"),
                libraries);
        assertEquals(Optional.empty(), new CudaBackend(a100).missing("another reason"));
    }

    /** Whole rows: of a GPU that is too new, where no JVM is started, and of a backend that does not start without a driver. */
    @Test
    void theRowSaysSo() throws Exception {
        List<Path> withoutBackend = Stream.of(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> !jar.contains("nd4j-native"))
                .map(Path::of)
                .toList();
        List<BackendJars> cuda = List.of(new BackendJars("cuda", withoutBackend));
        String h100 = new BackendComparison(List.of(), false, printing("NVIDIA H100, 9.0")).run(cuda, name -> {});
        assertTrue(h100.contains("3.7 to 8.9 (Kepler to Ada) only; here: NVIDIA H100 (compute capability 9.0)"), h100);
        String noDriver = new BackendComparison(List.of(), false, NO_DRIVER).run(cuda, name -> {});
        assertTrue(noDriver.contains("NVIDIA's driver is missing: no nvidia-smi"), noDriver);
        String other = new BackendComparison(List.of(), false, printing("NVIDIA A100, 8.0")).run(cuda, name -> {});
        assertTrue(other.contains("no ND4J backend can start: "), other);
    }
}

package org.guidedmixup.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The machine that measurements were made on. */
public final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Machine() {}

    /**
     * Describes this machine.
     *
     * @return names and values, in display order
     */
    public static Map<String, String> describe() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("cpu", cpu());
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("operating system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("JVM", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        return facts;
    }

    /**
     * Describes the backend and its threads. Starts ND4J's backend.
     *
     * @return names and values, in display order
     */
    public static Map<String, String> describeComputation() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("ND4J", nd4jVersion());
        facts.put("backend", Nd4j.getBackend().getClass().getSimpleName());
        int openMpThreads = NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
        facts.put("OpenMP threads", Integer.toString(openMpThreads));
        // The thread that waits for the pool works too.
        facts.put("Java threads", Integer.toString(ForkJoinPool.getCommonPoolParallelism() + 1));
        return facts;
    }

    /** Returns ND4J's version as Maven wrote it into the jar; its own VersionCheck looks in the wrong place. */
    private static String nd4jVersion() {
        Properties properties = new Properties();
        try (InputStream file = Nd4j.class.getResourceAsStream("/META-INF/maven/org.nd4j/nd4j-api/pom.properties")) {
            if (file != null) {
                properties.load(file);
            }
        } catch (IOException e) {
            return "unknown";
        }
        return properties.getProperty("version", "unknown");
    }

    /** Returns the processor's name if the system has it in a file, otherwise its architecture. */
    private static String cpu() {
        String fallback = System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", System.getProperty("os.arch"));
        if (!Files.isReadable(CPU_INFO)) {
            return fallback;
        }
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(fallback);
        } catch (IOException e) {
            return fallback;
        }
    }
}

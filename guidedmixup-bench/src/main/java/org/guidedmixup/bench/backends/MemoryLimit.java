package org.guidedmixup.bench.backends;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * A limit on the memory of the process, within what the machine has free. JavaCPP's own limit is four times the Java heap, which
 * by default is all of the machine's memory: a program that needs more than is free is then killed by the operating system
 * without a message.
 */
public final class MemoryLimit {
    private static final String PROPERTY = "org.bytedeco.javacpp.maxphysicalbytes";
    private static final String SAME_PROPERTY = "org.bytedeco.javacpp.maxPhysicalBytes";
    private static final Path LINUX = Path.of("/proc/meminfo");
    private static final long HEAPS = 4; // JavaCPP's own limit

    /** Whether the limit in force is the one set here. */
    private static volatile boolean ours;

    private MemoryLimit() {}

    /**
     * Sets the limit to nine tenths of the free memory, unless the user has set one or JavaCPP's own is lower. Works only before
     * the backend is loaded.
     */
    static void set() {
        if (System.getProperty(PROPERTY) == null && System.getProperty(SAME_PROPERTY) == null) {
            long limit = available() / 10 * 9;
            if (limit < HEAPS * Runtime.getRuntime().maxMemory()) {
                System.setProperty(PROPERTY, Long.toString(limit));
                ours = true;
            }
        }
    }

    /**
     * Returns what a user can do when memory runs out.
     *
     * @param message the message of the error
     * @return the end of a sentence
     */
    public static String advice(String message) {
        return advice(message, ours);
    }

    static String advice(String message, boolean ofMachine) {
        return ofMachine && message != null && message.startsWith("Physical memory")
                ? "use smaller images (--image-size) or batches, or end other programs: the limit is nine tenths of the "
                        + "memory that was free when this one started"
                : "use smaller images or batches, or a larger java -Xmx, which bounds ND4J's memory, too";
    }

    /** Returns the bytes that can be allocated without swapping; all of the memory where the system does not report them. */
    private static long available() {
        long all = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
        try {
            return Files.isReadable(LINUX)
                    ? Math.min(all, available(Files.readAllLines(LINUX)).orElse(all))
                    : all;
        } catch (IOException e) {
            return all;
        }
    }

    /**
     * Reads how much memory is available on Linux, that of the page cache included.
     *
     * @param lines of {@code /proc/meminfo}
     * @return bytes; empty if there is no such line
     */
    static OptionalLong available(List<String> lines) {
        return lines.stream()
                .filter(line -> line.matches("MemAvailable:\\s+\\d{1,15} kB"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst();
    }
}

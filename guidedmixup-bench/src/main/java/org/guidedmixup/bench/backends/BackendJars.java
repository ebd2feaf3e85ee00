package org.guidedmixup.bench.backends;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One ND4J backend and the class path of a JVM that has no other.
 *
 * @param name cpu or cuda, as shown in the table
 * @param classPath files and folders; empty where the backend is not packaged
 */
public record BackendJars(String name, List<Path> classPath) {
    private static final String CUDA = "cuda";
    private static final List<String> KNOWN = List.of("cpu", CUDA);

    /**
     * Returns the backends beside this program.
     *
     * @return cpu and cuda, each with its jars if it was packaged
     * @throws IllegalArgumentException if this is not the packaged program
     */
    public static List<BackendJars> packaged() {
        Path jar;
        try {
            jar = Path.of(BackendJars.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        if (Files.isDirectory(jar)) {
            throw new IllegalArgumentException(
                    "backends: expected the packaged program with its libraries in folders beside it; run guidedmixup.jar");
        }
        Path lib = jar.getParent();
        return KNOWN.stream()
                .map(name -> in(name, lib, lib.resolveSibling("backend-" + name)))
                .toList();
    }

    private static BackendJars in(String name, Path lib, Path backend) {
        boolean there = Files.isDirectory(backend);
        return new BackendJars(name, there ? List.of(lib.resolve("*"), backend.resolve("*")) : List.of());
    }

    /**
     * Prepares a JVM with this backend only.
     *
     * @param mainClass what it runs
     * @param arguments its arguments
     * @return a process that is not started yet
     */
    ProcessBuilder java(Class<?> mainClass, List<String> arguments) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String path = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        List<String> command = Stream.concat(
                        Stream.of(java.toString(), "-cp", path, mainClass.getName()), arguments.stream())
                .toList();
        return new ProcessBuilder(command);
    }

    /** Returns whether it needs a GPU. */
    boolean isCuda() {
        return name.equals(CUDA);
    }

    /**
     * Returns why no JVM can be started.
     *
     * @return the reason; empty if the backend is packaged
     */
    Optional<String> missing() {
        return classPath.isEmpty() ? Optional.of("not packaged; build with -P" + name) : Optional.empty();
    }
}

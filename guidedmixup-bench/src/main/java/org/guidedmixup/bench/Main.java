package org.guidedmixup.bench;

import java.util.Arrays;
import org.guidedmixup.bench.command.CommandLineTool;

/** Starts the command line. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the JVM with its exit code: 0 success, 1 internal error, 2 user error, 3 diverged
     * training.
     *
     * @param arguments a command and its options
     */
    public static void main(String[] arguments) {
        configureLogging(Arrays.asList(arguments).contains("--verbose"));
        System.exit(CommandLineTool.run(arguments));
    }

    /** Sets up logging. Loggers read these properties once, so this runs before any class with a logger is loaded. */
    private static void configureLogging(boolean verbose) {
        setDefault("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "info" : "error");
        setDefault("org.slf4j.simpleLogger.log.org.guidedmixup", verbose ? "info" : "warn");
        setDefault("org.slf4j.simpleLogger.showThreadName", "false");
        setDefault("org.slf4j.simpleLogger.showLogName", "false");
        setDefault("org.slf4j.simpleLogger.logFile", "System.err");
        setDefault("org.nd4j.log.initialization", Boolean.toString(verbose));
        setDefault("slf4j.internal.verbosity", verbose ? "INFO" : "ERROR");
        setDefault("java.awt.headless", "true");
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}

package org.guidedmixup.bench.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.nd4j.linalg.factory.Nd4j;

/** Starts ND4J's backend before a command computes, so that what goes wrong there can be told in one line. */
final class Backend {
    private Backend() {}

    /**
     * Loads the first backend on the class path that can run here.
     *
     * <p>A CUDA backend without a GPU prints a stack trace before ND4J goes on to the CPU; that is hidden.
     *
     * @param verbose whether everything is shown
     * @throws IllegalStateException if no backend can start
     */
    static void start(boolean verbose) {
        PrintStream console = System.err;
        ByteArrayOutputStream hidden = new ByteArrayOutputStream();
        if (!verbose) {
            System.setErr(new PrintStream(hidden, true, StandardCharsets.UTF_8));
        }
        try {
            Nd4j.getExecutioner();
        } catch (LinkageError e) {
            String reason =
                    hidden.toString(StandardCharsets.UTF_8).lines().findFirst().orElse(e.toString());
            throw new IllegalStateException("no ND4J backend can start: " + reason, e);
        } finally {
            System.setErr(console);
        }
    }
}

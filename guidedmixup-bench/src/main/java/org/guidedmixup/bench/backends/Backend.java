package org.guidedmixup.bench.backends;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.nd4j.linalg.factory.Nd4j;

/** Starts ND4J's backend before a command computes, so that a failure there can be reported in one line. */
public final class Backend {
    private Backend() {}

    /** No backend on the class path can run on this machine. */
    public static final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** All that ND4J printed. */
        private final String output;

        private UnavailableException(String reason, String output, Throwable cause) {
            super("no ND4J backend can start: " + reason, cause);
            this.output = output;
        }

        /** Returns all that ND4J printed before it gave up. */
        String output() {
            return output;
        }
    }

    /**
     * Loads the first backend on the class path that can run here.
     *
     * <p>A CUDA backend without a GPU prints a stack trace before ND4J goes on to the CPU; that is hidden.
     *
     * @param verbose whether all of ND4J's output is shown
     * @throws UnavailableException if no backend can start
     */
    public static void start(boolean verbose) {
        MemoryLimit.set();
        PrintStream console = System.err;
        ByteArrayOutputStream hidden = new ByteArrayOutputStream();
        if (!verbose) {
            System.setErr(new PrintStream(hidden, true, StandardCharsets.UTF_8));
        }
        try {
            Nd4j.getExecutioner();
        } catch (LinkageError e) {
            String output = hidden.toString(StandardCharsets.UTF_8);
            String first = output.lines().findFirst().orElse("");
            throw new UnavailableException(first.isEmpty() ? rootOf(e).toString() : first, output, e);
        } finally {
            System.setErr(console);
        }
    }

    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}

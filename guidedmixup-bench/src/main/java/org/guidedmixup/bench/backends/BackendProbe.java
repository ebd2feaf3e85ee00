package org.guidedmixup.bench.backends;

/**
 * The main class of a JVM that only starts its backend. The exit code is 0, or 1 after all that is known and a last line that says
 * why it did not start.
 */
final class BackendProbe {
    private BackendProbe() {}

    /**
     * Starts the backend.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try {
            Backend.start(false);
        } catch (Backend.UnavailableException e) {
            System.out.print(e.output());
            e.getCause().printStackTrace(System.out);
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }
}

package org.guidedmixup.bench.backends;

/**
 * The main class of a JVM that only tries whether its backend starts: exit code 0; or 1, all that is known, and a last line that
 * says why not.
 */
final class BackendProbe {
    private BackendProbe() {}

    /**
     * Tries.
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

package org.guidedmixup.bench.data;

/**
 * Data that cannot be used as asked. The message is one line for the user: it names the file, folder or option, and
 * says what was expected.
 */
public final class DataException extends RuntimeException {
    /**
     * Reports a problem found in the data.
     *
     * @param message one line naming the file and what was expected of it
     */
    public DataException(String message) {
        super(message);
    }

    /**
     * Reports a problem that a reader ran into.
     *
     * @param message one line naming the file and what was expected of it
     * @param cause what the reader of the file reported
     */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}

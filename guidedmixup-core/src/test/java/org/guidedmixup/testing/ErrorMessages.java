package org.guidedmixup.testing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Assertions on error messages. */
public final class ErrorMessages {
    private ErrorMessages() {}

    /** Asserts that the call throws IllegalArgumentException with a message that contains every part. */
    public static void assertIllegalArgument(Executable call, String... parts) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), () -> "expected '" + part + "' in: " + message);
        }
    }
}

package org.guidedmixup.testing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Assertions on what an error tells the user. */
public final class ErrorMessages {
    private ErrorMessages() {}

    /** The call throws IllegalArgumentException, and its message holds every part. */
    public static void assertIllegalArgument(Executable call, String... parts) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), () -> "expected '" + part + "' in: " + message);
        }
    }
}

package org.guidedmixup.bench.data;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Names for classes that have only numbers. */
final class NumberedClasses {
    private NumberedClasses() {}

    /**
     * {@return "0" to "K - 1", padded with zeros to one length so that alphabetical order is the order of the numbers}
     *
     * @param count K
     */
    static List<String> names(int count) {
        int digits = Integer.toString(Math.max(0, count - 1)).length();
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(Locale.ROOT, "%0" + digits + "d", i))
                .toList();
    }
}

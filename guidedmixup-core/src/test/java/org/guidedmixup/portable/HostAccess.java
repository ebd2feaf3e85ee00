package org.guidedmixup.portable;

import java.util.Map;
import java.util.TreeMap;

/** Counts reads and writes of ND4J's FLOAT buffers by Java code: on a GPU every read waits for the device. */
final class HostAccess {
    /** The kinds of access that are counted. */
    enum Kind {
        /** Number of fetches. */
        TRANSFERS,
        /** Number of values fetched. */
        FETCHED,
        /** Number of values passed as arrays. */
        SENT,
        /** Reads and writes of single values of larger buffers. */
        ELEMENTS
    }

    private static final Map<Kind, Long> COUNTS = new TreeMap<>();

    /** The counts by caller, the innermost method of this library. */
    private static final Map<String, Long> CALLERS = new TreeMap<>();

    private HostAccess() {}

    static synchronized void reset() {
        COUNTS.clear();
        CALLERS.clear();
    }

    static synchronized long count(Kind kind) {
        return COUNTS.getOrDefault(kind, 0L);
    }

    static synchronized String callers() {
        return CALLERS.toString();
    }

    static void fetched(long values) {
        add(Kind.TRANSFERS, 1);
        add(Kind.FETCHED, values);
    }

    static void sent(long values) {
        add(Kind.SENT, values);
    }

    /** Counts a read of one value; for a buffer of one value, this is an ordinary transfer. */
    static void read(long length) {
        if (length == 1) {
            fetched(1);
        } else {
            add(Kind.ELEMENTS, 1);
        }
    }

    /** Counts a write of one value, like {@link #read}. */
    static void written(long length) {
        add(length == 1 ? Kind.SENT : Kind.ELEMENTS, 1);
    }

    private static synchronized void add(Kind kind, long count) {
        COUNTS.merge(kind, count, Long::sum);
        String caller = StackWalker.getInstance().walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                .filter(name -> name.startsWith("org.guidedmixup.") && !name.startsWith("org.guidedmixup.portable."))
                .findFirst()
                .orElse("?"));
        CALLERS.merge(kind + " " + caller, count, Long::sum);
    }
}

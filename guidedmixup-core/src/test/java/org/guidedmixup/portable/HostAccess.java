package org.guidedmixup.portable;

import java.util.Map;
import java.util.TreeMap;

/** Counts what Java code reads from and writes to ND4J's FLOAT buffers: on a GPU every read waits for the device. */
final class HostAccess {
    /** What is counted. */
    enum Kind {
        /** Times that values were fetched. */
        TRANSFERS,
        /** Values that were fetched. */
        FETCHED,
        /** Values that were handed over as arrays. */
        SENT,
        /** Reads and writes of one value of many. */
        ELEMENTS
    }

    private static final Map<Kind, Long> COUNTS = new TreeMap<>();

    /** Who it was, by the innermost method of ours. */
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

    /** One value of a buffer; where it holds no others, that is a transfer like any. */
    static void read(long length) {
        if (length == 1) {
            fetched(1);
        } else {
            add(Kind.ELEMENTS, 1);
        }
    }

    /** As {@link #read}. */
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

package org.guidedmixup.bench.overhead;

import java.util.List;

/**
 * The times of all methods at one batch size.
 *
 * @param batch   batch size
 * @param methods vanilla first
 */
public record BatchTimes(int batch, List<MethodTimes> methods) {

    /** Copies the methods. */
    public BatchTimes {
        methods = List.copyOf(methods);
    }

    /** Returns vanilla, which the others are compared with. */
    public MethodTimes vanilla() {
        return methods.get(0);
    }

    /** Returns all methods but vanilla. */
    public List<MethodTimes> mixing() {
        return methods.subList(1, methods.size());
    }
}

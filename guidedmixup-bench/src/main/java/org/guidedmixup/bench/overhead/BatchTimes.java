package org.guidedmixup.bench.overhead;

import java.util.List;

/**
 * The times of all methods at one batch size.
 *
 * @param batch   images of a batch
 * @param methods vanilla first
 */
public record BatchTimes(int batch, List<MethodTimes> methods) {

    /** Copies the methods. */
    public BatchTimes {
        methods = List.copyOf(methods);
    }

    /** What the others are compared with. */
    public MethodTimes vanilla() {
        return methods.get(0);
    }

    /** All but vanilla. */
    public List<MethodTimes> mixing() {
        return methods.subList(1, methods.size());
    }
}

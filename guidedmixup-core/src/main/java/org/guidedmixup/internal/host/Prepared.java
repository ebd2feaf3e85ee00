package org.guidedmixup.internal.host;

import java.io.Serializable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What an operation prepares once for a size and keeps. It is made again after serialisation. Thread-safe.
 *
 * @param <K> the size
 * @param <V> what is prepared; immutable
 */
public final class Prepared<K, V> implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient volatile ConcurrentHashMap<K, V> values;

    /** Nothing is prepared yet. */
    public Prepared() {}

    /**
     * What is prepared for a size.
     *
     * @param size the size
     * @param prepare makes it if it is missing
     * @return the value
     */
    public V get(K size, Function<K, V> prepare) {
        return values().computeIfAbsent(size, prepare);
    }

    private ConcurrentHashMap<K, V> values() {
        ConcurrentHashMap<K, V> known = values;
        if (known == null) {
            synchronized (this) {
                if (values == null) {
                    values = new ConcurrentHashMap<>();
                }
                known = values;
            }
        }
        return known;
    }
}

package org.guidedmixup.internal.host;

import java.io.Serializable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A cache of what an operation prepares once per size. It is empty after deserialisation. Thread-safe.
 *
 * @param <K> the size
 * @param <V> the prepared value; immutable
 */
public final class Prepared<K, V> implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient volatile ConcurrentHashMap<K, V> values;

    /** Makes an empty cache. */
    public Prepared() {}

    /**
     * Returns the value for a size.
     *
     * @param size the size
     * @param prepare computes it if it is missing
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

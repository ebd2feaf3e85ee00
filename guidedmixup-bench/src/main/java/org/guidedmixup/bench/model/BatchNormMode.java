package org.guidedmixup.bench.model;

/** How the batch norm layers of a graph are computed. */
enum BatchNormMode {
    /** Batch statistics, one fused op in Java, CPU only: makes a training step on a CPU three times as fast. */
    HOST,
    /** Batch statistics from SameDiff's own ops: any backend, and {@code SameDiff.fit} works. */
    PORTABLE,
    /** Running statistics. */
    INFERENCE
}

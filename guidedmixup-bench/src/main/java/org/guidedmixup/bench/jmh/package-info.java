/** JMH benchmarks: one class, one question. Run them with the command {@code jmh} and JMH's own options. */
package org.guidedmixup.bench.jmh;

/** The ND4J backend of this program, and the same benchmarks on every packaged backend, each in a JVM of its own. */
package org.guidedmixup.bench.backends;

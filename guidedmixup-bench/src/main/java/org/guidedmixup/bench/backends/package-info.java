/** The same benchmarks on every ND4J backend there is, each in a JVM of its own. */
package org.guidedmixup.bench.backends;

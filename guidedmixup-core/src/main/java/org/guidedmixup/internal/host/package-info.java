/**
 * Plain Java over the CPU's memory: what stands behind the public operations where it was measured to be at least 1.5
 * times as fast as ND4J's own. Nothing here is an operation of its own; the class that uses it tests the two equal.
 */
package org.guidedmixup.internal.host;

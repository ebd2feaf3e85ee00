/**
 * Plain Java on the CPU's memory, behind the public operations wherever it was measured to be at least 1.5 times as fast as
 * ND4J's own. No public operations are here; the tests of the classes that use it hold both ways equal.
 */
package org.guidedmixup.internal.host;

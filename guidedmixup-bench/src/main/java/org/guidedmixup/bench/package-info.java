/** The entry point of the command line; the commands are in {@code org.guidedmixup.bench.command}. */
package org.guidedmixup.bench;

/**
 * The commands: each reads its options, calls the packages beside this one and prints. A user error ends in one line
 * and exit code 2, see {@link org.guidedmixup.bench.command.CommandLineTool}.
 */
package org.guidedmixup.bench.command;

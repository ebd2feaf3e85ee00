package org.guidedmixup.bench.command;

import org.guidedmixup.bench.backends.Backend;
import org.guidedmixup.bench.model.batchnorm.HostSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command; a command includes them with {@link Mixin}. */
@Command(mixinStandardHelpOptions = true, versionProvider = CommandLineTool.Version.class)
public final class CommonOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of all random numbers (default: 1).")
    private long seed;

    @Option(names = "--verbose", description = "Show ND4J's log, and stack traces of errors.")
    private boolean verbose;

    /**
     * Returns the seed of the command.
     *
     * @return any number
     */
    public long seed() {
        return seed;
    }

    /**
     * Returns whether logs and stack traces are shown.
     *
     * @return true with {@code --verbose}
     */
    public boolean verbose() {
        return verbose;
    }

    /**
     * Starts ND4J and installs the sessions in which SameDiff can run the models' host ops. A command calls this after
     * checking its options and before touching an array.
     */
    public void startBackend() {
        Backend.start(verbose);
        HostSession.install();
    }

    /**
     * Prints one line to the command's output.
     *
     * @param line the line
     */
    public void print(String line) {
        command.commandLine().getOut().println(line);
        command.commandLine().getOut().flush();
    }
}

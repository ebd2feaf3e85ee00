package org.guidedmixup.bench.command;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line: all commands, and how their errors are reported. */
@Command(
        name = "guidedmixup",
        description = "Saliency-guided mixup: mixes batches, trains with it, measures what it costs.",
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TrainCommand.class,
            ExperimentCommand.class,
            ProtocolsCommand.class,
            EvaluateCommand.class,
            MixCommand.class,
            GalleryCommand.class,
            OverheadCommand.class,
            BackendsCommand.class,
            PairingsCommand.class,
            JmhCommand.class
        })
public final class CommandLineTool {
    private CommandLineTool() {}

    /**
     * Runs one command with output to the console.
     *
     * @param arguments a command and its options
     * @return 0 on success, 1 after an internal error, 2 after a user error, 3 if a training diverged
     */
    public static int run(String... arguments) {
        CommandLine line = create();
        try {
            return line.execute(arguments);
        } catch (LinkageError | OutOfMemoryError e) {
            return Failures.ofJvm(e, line, arguments);
        }
    }

    /**
     * Creates the command line; tests redirect its output.
     *
     * @return the command line with all commands
     */
    static CommandLine create() {
        CommandLine line = new CommandLine(new CommandLineTool());
        line.getSubcommands().get("jmh").setUnmatchedOptionsArePositionalParams(true);
        line.setExpandAtFiles(false); // @FILE is a name like any other
        line.setParameterExceptionHandler(Failures::ofArguments);
        line.setExecutionExceptionHandler(Failures::ofExecution);
        return line;
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = CommandLineTool.class.getPackage().getImplementationVersion();
            return new String[] {"guidedmixup " + (version == null ? "(not packaged)" : version)};
        }
    }

    /** Prints one line on the error output, without the control characters that file names may contain. */
    static void complain(CommandLine commands, String message) {
        PrintWriter err = commands.getErr();
        String line = message.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "?");
        err.println("guidedmixup: " + line);
        err.flush();
    }
}

package org.guidedmixup.bench.command;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.guidedmixup.bench.backends.Backend;
import org.guidedmixup.bench.backends.MemoryLimit;
import org.guidedmixup.bench.data.DataException;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns errors into one line on the error output and an exit code. */
final class Failures {
    private static final int INTERNAL = 1;
    private static final int MISTAKE = 2;

    private Failures() {}

    /** Reports a command line that cannot be parsed. */
    static int ofArguments(ParameterException e, String[] arguments) {
        CommandLine line = e.getCommandLine();
        boolean noCommand = !line.getSubcommands().isEmpty() && e.getClass() == ParameterException.class;
        ParameterException cause = misspelled(e);
        String message = noCommand
                ? "no command: expected one of "
                        + String.join(", ", line.getSubcommands().keySet())
                : cause.getMessage();
        CommandLineTool.complain(
                line,
                message + suggestion(cause) + " (see: " + line.getCommandSpec().qualifiedName() + " --help)");
        trace(line, e, arguments);
        return MISTAKE;
    }

    /** Reports a misspelled required option as misspelled, not as missing. */
    private static ParameterException misspelled(ParameterException e) {
        List<String> unmatched = e.getCommandLine().getUnmatchedArguments();
        return e instanceof MissingParameterException && !unmatched.isEmpty()
                ? new UnmatchedArgumentException(e.getCommandLine(), unmatched)
                : e;
    }

    private static String suggestion(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        List<String> names = unmatched.getSuggestions();
        return names.isEmpty() ? "" : names.stream().collect(Collectors.joining(" or ", "; did you mean ", "?"));
    }

    /** Reports a command that failed. */
    static int ofExecution(Exception e, CommandLine line, ParseResult parsed) {
        boolean mistake =
                e instanceof DataException || e instanceof IllegalArgumentException || e instanceof FileSystemException;
        String message = mistake ? mistake(e) : internal(e);
        CommandLineTool.complain(line, message);
        trace(line, e, parsed.originalArgs().toArray(new String[0]));
        return mistake ? MISTAKE : INTERNAL;
    }

    /** Reports that memory ran out, or that a class or native library could not be loaded. */
    static int ofJvm(Error e, CommandLine line, String[] arguments) {
        CommandLineTool.complain(line, internal(e));
        trace(line, e, arguments);
        return INTERNAL;
    }

    private static String internal(Throwable e) {
        return what(e) + "; run with --verbose for details";
    }

    private static String what(Throwable e) {
        if (e instanceof OutOfMemoryError) {
            return "out of memory: " + e.getMessage() + "; " + MemoryLimit.advice(e.getMessage());
        }
        return e instanceof Backend.UnavailableException ? e.getMessage() : "internal error: " + e;
    }

    private static String mistake(Exception e) {
        return e instanceof FileSystemException file ? file.getFile() + ": " + reason(file) : e.getMessage();
    }

    private static String reason(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
            return "exists and is not a directory";
        }
        return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    }

    private static void trace(CommandLine line, Throwable e, String[] arguments) {
        if (Arrays.asList(arguments).contains("--verbose")) {
            e.printStackTrace(line.getErr());
            line.getErr().flush();
        }
    }
}

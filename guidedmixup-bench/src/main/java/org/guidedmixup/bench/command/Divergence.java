package org.guidedmixup.bench.command;

import java.util.List;
import org.guidedmixup.bench.report.TrainingRun;
import picocli.CommandLine;

/** How a command ends if a training diverged: with a line on the error output and its own exit code. */
final class Divergence {
    private static final int DONE = 0;
    private static final int DIVERGED = 3;

    private Divergence() {}

    /**
     * Reports trainings that diverged.
     *
     * @param commands where the line goes
     * @param runs the trainings
     * @return the exit code
     */
    static int exitCode(CommandLine commands, List<TrainingRun> runs) {
        List<String> diverged =
                runs.stream().flatMap(run -> run.divergence().stream()).toList();
        return exitCode(
                commands,
                diverged.size() + " of " + runs.size()
                        + " trainings diverged (a loss or score is not a number; a lower --lr may help)",
                diverged);
    }

    /**
     * Reports what diverged.
     *
     * @param commands where the line goes
     * @param what what happened
     * @param where where it happened; if empty, nothing is reported
     * @return the exit code
     */
    static int exitCode(CommandLine commands, String what, List<String> where) {
        if (where.isEmpty()) {
            return DONE;
        }
        CommandLineTool.complain(commands, what + ": " + String.join("; ", where));
        return DIVERGED;
    }
}

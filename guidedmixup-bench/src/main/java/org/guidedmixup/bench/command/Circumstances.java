package org.guidedmixup.bench.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.guidedmixup.bench.data.ImageData;
import org.guidedmixup.bench.report.Machine;
import picocli.CommandLine.Model.CommandSpec;

/** What is reported beside measured numbers: the command line, the data, the program's version and the machine. */
final class Circumstances {
    private Circumstances() {}

    /**
     * Describes a run of a command. Starts ND4J's backend.
     *
     * @param command the command that runs
     * @param images the images it measures on
     * @return names and values, in display order
     */
    static Map<String, String> of(CommandSpec command, ImageData images) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "command",
                String.join(" ", command.commandLine().getParseResult().originalArgs()));
        settings.put("data", DataOptions.describe(images));
        settings.put("version", new CommandLineTool.Version().getVersion()[0]);
        settings.putAll(Machine.describe());
        settings.putAll(Machine.describeComputation());
        return settings;
    }
}

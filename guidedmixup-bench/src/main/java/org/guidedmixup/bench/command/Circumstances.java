package org.guidedmixup.bench.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.guidedmixup.bench.data.ImageData;
import org.guidedmixup.bench.report.Machine;
import picocli.CommandLine.Model.CommandSpec;

/** What is told beside the numbers of a measurement: how it was called, on which data, by which program and machine. */
final class Circumstances {
    private Circumstances() {}

    /**
     * Those of a command; starts ND4J's backend.
     *
     * @param command the command that runs
     * @param images what it measures on
     * @return names and values, in an order to be shown in
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

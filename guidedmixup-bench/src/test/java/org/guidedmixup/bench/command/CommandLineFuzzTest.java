package org.guidedmixup.bench.command;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.guidedmixup.bench.io.NpyFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Any words as a command line give exit code 0, or 2 and one line. */
class CommandLineFuzzTest {
    private static final Set<String> PATH_OPTIONS = new HashSet<>();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void filesToName() throws IOException {
        NpyFile.write(folder.resolve("images.npy"), Nd4j.rand(4, 3, 8, 8));
        NpyFile.write(folder.resolve("labels.npy"), Nd4j.ones(4, 2));
        Files.writeString(folder.resolve("train.bin"), "no record");
        for (CommandLine command : CommandLineTool.create().getSubcommands().values()) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (option.type() == Path.class) {
                    PATH_OPTIONS.addAll(List.of(option.names()));
                }
            }
        }
    }

    /** Each line is a word. */
    @FuzzTest(maxDuration = "10m")
    void anyWords(byte[] bytes) {
        String[] words = new String(bytes, StandardCharsets.UTF_8).split("\n", 24);
        for (int i = words.length - 1; i >= 0; i--) {
            words[i] = inFolder(words[i], i > 0 && PATH_OPTIONS.contains(words[i - 1]));
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = CommandLineTool.create();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int code = line.execute(words);
        String told = code + " from " + List.of(words) + ": " + err;
        assertTrue(code == 0 || code == 2, told);
        assertFalse(err.toString().lines().anyMatch(text -> text.startsWith("\tat ")), told);
        assertTrue(code == 0 || err.toString().strip().lines().count() == 1, told);
    }

    /** Keeps paths in the test's folder and removes words that train, measure or show stack traces. */
    private static String inFolder(String word, boolean path) {
        String harmless = word.replaceAll("(?i)shapes|jmh|backends|verbose|\\.\\.|[/~\\\\]", "_");
        int value = harmless.indexOf('=') + 1;
        if (value > 0 && PATH_OPTIONS.contains(harmless.substring(0, value - 1))) {
            return harmless.substring(0, value) + folder + "/" + harmless.substring(value);
        }
        return path ? folder + "/" + harmless : harmless.replace(":.", ":" + folder);
    }
}

package org.guidedmixup.dl4j.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's Java is what the projects in src/it compile and run. */
class ReadmeTest {
    private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void everySnippetIsCompiledAndRun() throws IOException {
        String programs = withoutIndent(
                        Files.readString(Path.of("src/it/deeplearning4j/src/main/java/consumer/Readme.java")))
                + withoutIndent(Files.readString(Path.of("src/it/samediff/src/main/java/consumer/Readme.java")));
        List<String> snippets = JAVA.matcher(Files.readString(Path.of("../README.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        assertEquals(3, snippets.size(), "Deeplearning4j, SameDiff and arrays");
        for (String snippet : snippets) {
            assertTrue(
                    programs.contains(withoutIndent(snippet)),
                    () -> "in the README, but in no program of src/it:\n" + snippet);
        }
    }

    private static String withoutIndent(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n", "", "\n"));
    }
}

package io.github.camelzendesk.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SecurityPageTest {
    private static final Path PAGE = Path.of("../../docs/security.adoc");
    private static final Pattern REFERENCE = Pattern.compile("`(\\w+Test)#(\\w+)`");

    @Test
    void everyTestThatTheSecurityPageNamesIsThere() throws IOException {
        List<MatchResult> references =
                REFERENCE.matcher(Files.readString(PAGE)).results().toList();

        assertThat(references).hasSizeGreaterThan(50);
        for (MatchResult reference : references) {
            assertThat(source(reference.group(1)))
                    .as(reference.group())
                    .containsPattern("(void|ArchRule) " + reference.group(2) + "\\b");
        }
    }

    private static String source(String testClass) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            Path file = files.filter(path -> path.endsWith(testClass + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("There is no " + testClass));
            return Files.readString(file);
        }
    }
}

package io.github.camelzendesk.auth.security;

import java.io.IOException;
import java.io.UncheckedIOException;
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
            assertThat(sources(reference.group(1)))
                    .as(reference.group())
                    .containsPattern("(void|ArchRule) " + reference.group(2) + "\\b");
        }
    }

    /** Of all classes of this name, here, in the core and in the command. */
    private static String sources(String testClass) throws IOException {
        StringBuilder sources = new StringBuilder();
        for (String module : List.of("component", "core", "cli")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/test/java"))) {
                files.filter(path -> path.endsWith(testClass + ".java"))
                        .map(SecurityPageTest::read)
                        .forEach(sources::append);
            }
        }
        return sources.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

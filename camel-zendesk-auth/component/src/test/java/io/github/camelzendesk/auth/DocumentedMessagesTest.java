package io.github.camelzendesk.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The messages that {@code docs/operations.adoc} quotes are those of the sources, between the parts that vary. */
class DocumentedMessagesTest {
    private static final Path PAGE = Path.of("../../docs/operations.adoc");
    private static final List<String> MODULES =
            List.of("core", "component", "store-jdbc", "store-kubernetes", "spring-boot-starter", "quarkus/runtime");
    private static final Pattern QUOTE = Pattern.compile("`\\+(.+?)\\+`", Pattern.DOTALL);
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
    private static final Pattern CONCATENATION = Pattern.compile("\"\\s*\\+\\s*\"");
    /** Shorter ones, as between two names, are found by chance. */
    private static final int TELLING = 12;

    @Test
    void everyMessageThatThePageOfOperationsQuotesIsInTheSources() throws IOException {
        List<String> messages = QUOTE.matcher(Files.readString(PAGE))
                .results()
                .map(quote -> quote.group(1).replaceAll("\\s+", " "))
                .toList();
        String literals = MODULES.stream().map(DocumentedMessagesTest::literals).collect(Collectors.joining("\n"));

        assertThat(messages).hasSizeGreaterThan(70);
        assertThat(messages.stream().flatMap(DocumentedMessagesTest::fragments))
                .as("parts of quoted messages that are in no string of the sources")
                .filteredOn(fragment -> !literals.contains(fragment))
                .isEmpty();
    }

    private static Stream<String> fragments(String message) {
        return Stream.of(message.split("…")).map(String::strip).filter(fragment -> fragment.length() > TELLING);
    }

    /** All string literals of a module, a line each, those that + joins in one. */
    private static String literals(String module) {
        try (Stream<Path> sources = Files.walk(Path.of("..", module, "src/main/java"))) {
            return sources.filter(source -> source.toString().endsWith(".java"))
                    .map(DocumentedMessagesTest::read)
                    .map(source -> CONCATENATION.matcher(source).replaceAll(""))
                    .flatMap(source -> LITERAL.matcher(source).results())
                    .map(DocumentedMessagesTest::text)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(MatchResult literal) {
        return literal.group(1).translateEscapes();
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.github.camelzendesk.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The messages that pages quote between {@code `+} and {@code +`}, with … for the parts that vary, are those of the sources. */
class DocumentedMessagesTest {
    private static final Path PAGES = Path.of("../../docs");
    private static final List<String> MODULES =
            List.of("core", "component", "store-jdbc", "store-kubernetes", "spring-boot-starter", "quarkus/runtime");
    private static final Pattern QUOTE = Pattern.compile("`\\+([^`]+)\\+`");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
    private static final Pattern CONCATENATION = Pattern.compile("\"\\s*\\+\\s*\"");
    /** Shorter ones, as between two names, are found by chance. */
    private static final int TELLING = 12;

    @Test
    void everyMessageThatAPageQuotesIsInTheSources() {
        List<String> messages = texts(PAGES, ".adoc")
                .flatMap(page -> QUOTE.matcher(page).results())
                .map(quote -> quote.group(1).replaceAll("\\s+", " "))
                .toList();
        String literals = MODULES.stream().map(DocumentedMessagesTest::literals).collect(Collectors.joining("\n"));

        assertThat(messages).hasSizeGreaterThan(120);
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
        return texts(Path.of("..", module, "src/main/java"), ".java")
                .map(source -> CONCATENATION.matcher(source).replaceAll(""))
                .flatMap(source -> LITERAL.matcher(source).results())
                .map(literal -> literal.group(1).translateEscapes())
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> texts(Path folder, String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(suffix))
                    .map(DocumentedMessagesTest::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.github.camelzendesk.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GeneratedFilesTest {
    @Test
    void whatIsCommittedIsWhatTheBuildGenerates() throws IOException {
        assertThat(contents(Path.of("target/generated-before")))
                .as("src/generated has changed in this build: commit it")
                .isEqualTo(contents(Path.of("src/generated")));
    }

    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }
}

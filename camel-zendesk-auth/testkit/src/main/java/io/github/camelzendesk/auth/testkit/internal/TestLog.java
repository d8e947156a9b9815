package io.github.camelzendesk.auth.testkit.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The log of this test run. Stateless. */
public final class TestLog {
    public static final Path FILE = Path.of(System.getProperty("test.log", "target/test.log"));

    private TestLog() {}

    /** The lines of this level that speak of the connection. */
    public static List<String> lines(String level, String connection) {
        try {
            return Files.readAllLines(FILE).stream()
                    .filter(line -> line.contains(" " + level) && line.contains("'" + connection + "'"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

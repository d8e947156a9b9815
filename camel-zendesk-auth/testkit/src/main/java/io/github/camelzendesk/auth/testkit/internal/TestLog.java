package io.github.camelzendesk.auth.testkit.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The log of this test JVM and those of the JVMs that it starts. Stateless. */
public final class TestLog {
    public static final Path FILE = Path.of(System.getProperty("test.log", "target/test.log"));
    private static final String CHILDREN = FILE.toString().replaceFirst("\\.log$", "") + "-child-";

    private TestLog() {}

    /** A file for the log of another JVM: it must not begin that of this one again. */
    static Path ofNewChild() {
        return Path.of(CHILDREN + System.nanoTime() + ".log");
    }

    /** Those that are there. */
    public static List<Path> all() throws IOException {
        if (!Files.exists(FILE)) {
            return List.of();
        }
        try (Stream<Path> beside = Files.list(FILE.toAbsolutePath().getParent())) {
            return Stream.concat(Stream.of(FILE.toAbsolutePath()), beside.filter(file -> file.toString()
                            .startsWith(Path.of(CHILDREN).toAbsolutePath().toString())))
                    .toList();
        }
    }

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

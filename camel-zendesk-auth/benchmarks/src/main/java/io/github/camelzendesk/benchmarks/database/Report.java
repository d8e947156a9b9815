package io.github.camelzendesk.benchmarks.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/**
 * One table of results: printed as Markdown, and added to a CSV file with a line for each cell, from which the paper on
 * scale is computed. For one thread at a time.
 */
final class Report {
    private static final Path CSV = Path.of(System.getProperty("database.csv", "target/database.csv"));

    private final String table;
    private final List<String> measures;

    private Report(String table, List<String> measures) {
        this.table = table;
        this.measures = measures;
    }

    /** Begins the file again. */
    static void clear() throws IOException {
        Files.createDirectories(CSV.toAbsolutePath().getParent());
        Files.writeString(CSV, "table,setting,measure,value\n");
    }

    static Report of(String table, String title, String setting, String... measures) {
        List<String> columns = List.of(measures);
        System.out.printf("%n%s%n%n| %s | %s |%n", title, setting, String.join(" | ", columns));
        System.out.println("|---|" + "--:|".repeat(columns.size()));
        return new Report(table, columns);
    }

    void row(String setting, Number... values) {
        StringBuilder shown = new StringBuilder("| " + setting + " |");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            String value = text(values[i]);
            shown.append(' ').append(value).append(" |");
            lines.append("%s,%s,%s,%s%n".formatted(table, quoted(setting), quoted(measures.get(i)), value));
        }
        System.out.println(shown);
        append(lines);
    }

    private static void append(CharSequence lines) {
        try {
            Files.writeString(CSV, lines, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Number value) {
        return value instanceof Double real && Math.abs(real) < 1000
                ? String.format(Locale.ROOT, "%.2f", real)
                : Long.toString(Math.round(value.doubleValue()));
    }

    private static String quoted(String text) {
        return text.contains(",") ? '"' + text + '"' : text;
    }
}

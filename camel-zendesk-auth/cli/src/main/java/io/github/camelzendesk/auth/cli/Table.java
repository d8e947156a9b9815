package io.github.camelzendesk.auth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows below each other, as wide as they need. For one thread. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heads) {
        rows.add(List.of(heads));
    }

    void add(List<String> row) {
        rows.add(row);
    }

    @Override
    public String toString() {
        return rows.stream().map(this::line).collect(Collectors.joining(System.lineSeparator()));
    }

    private String line(List<String> row) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> column == row.size() - 1
                        ? row.get(column)
                        : String.format("%-" + (width(column) + 2) + "s", row.get(column)))
                .collect(Collectors.joining());
    }

    /** The last of a row takes what it needs, and widens nothing. */
    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > column + 1)
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}

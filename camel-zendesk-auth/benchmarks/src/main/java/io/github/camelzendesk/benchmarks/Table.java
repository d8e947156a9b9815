package io.github.camelzendesk.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of results, printed as Markdown row by row. For one thread. */
public final class Table {
    private static final double WHOLE_FROM = 1000;

    public Table(String title, String... columns) {
        System.out.printf("%n%s%n%n", title);
        row((Object[]) columns);
        row(Arrays.stream(columns).map(column -> "--:").toArray());
    }

    public void row(Object... cells) {
        System.out.println(Stream.of(cells).map(Table::text).collect(Collectors.joining(" | ", "| ", " |")));
    }

    private static String text(Object cell) {
        if (!(cell instanceof Double number)) {
            return String.valueOf(cell);
        }
        String format = number == Math.rint(number) || Math.abs(number) >= WHOLE_FROM ? "%.0f" : "%.2f";
        return number.isNaN() ? "n/a" : String.format(Locale.ROOT, format, number);
    }
}

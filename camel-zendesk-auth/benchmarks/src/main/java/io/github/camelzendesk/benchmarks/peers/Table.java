package io.github.camelzendesk.benchmarks.peers;

import java.util.List;
import java.util.function.ToLongFunction;

/** Prints results as Markdown, several runs of the same as "least-most". */
final class Table {
    private static final String ROW = "| %-29s | %-15s | %14s | %6s | %9s | %6s | %9s | %11s |%n";

    private Table() {}

    static void head(String title) {
        System.out.printf("%n%s%n%n", title);
        System.out.printf(ROW, "", "", "token requests", "reuses", "valid", "dead", "failed", "grant alive");
        System.out.printf(ROW, "---", "---", "--:", "--:", "--:", "--:", "--:", "--:");
    }

    static void row(String name, String setting, List<Result> runs, boolean refreshes) {
        long living = runs.stream().filter(Result::alive).count();
        String alive = refreshes ? living + " of " + runs.size() : "n/a";
        System.out.printf(
                ROW,
                name,
                setting,
                range(runs, Result::exchanges),
                range(runs, Result::reuses),
                range(runs, Result::valid),
                range(runs, Result::dead),
                range(runs, Result::failed),
                alive);
    }

    static void notApplicable(String name, String setting) {
        System.out.printf(ROW, name, setting, "n/a", "n/a", "n/a", "n/a", "n/a", "n/a");
    }

    private static String range(List<Result> runs, ToLongFunction<Result> column) {
        long least = runs.stream().mapToLong(column).min().orElse(0);
        long most = runs.stream().mapToLong(column).max().orElse(0);
        return least == most ? Long.toString(least) : least + "-" + most;
    }
}

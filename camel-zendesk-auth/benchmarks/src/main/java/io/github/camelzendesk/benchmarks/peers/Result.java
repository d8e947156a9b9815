package io.github.camelzendesk.benchmarks.peers;

import java.util.List;
import java.util.function.ToLongFunction;

import io.github.camelzendesk.benchmarks.Table;

/** What one run came to. Immutable. */
record Result(long exchanges, long reuses, long valid, long dead, long failed, boolean alive, String failures) {
    static Table table(String title) {
        return new Table(title, "", "", "token requests", "reuses", "valid", "dead", "failed", "grant alive");
    }

    /** Several runs of the same as "least-most". */
    static void row(Table table, Contender contender, String setting, List<Result> runs) {
        long living = runs.stream().filter(Result::alive).count();
        table.row(
                contender.name(),
                setting,
                range(runs, Result::exchanges),
                range(runs, Result::reuses),
                range(runs, Result::valid),
                range(runs, Result::dead),
                range(runs, Result::failed),
                contender.refreshes() ? living + " of " + runs.size() : "n/a");
    }

    private static String range(List<Result> runs, ToLongFunction<Result> column) {
        long least = runs.stream().mapToLong(column).min().orElse(0);
        long most = runs.stream().mapToLong(column).max().orElse(0);
        return least == most ? Long.toString(least) : least + "-" + most;
    }
}

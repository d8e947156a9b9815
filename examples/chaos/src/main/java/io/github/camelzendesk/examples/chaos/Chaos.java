package io.github.camelzendesk.examples.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Lets processes share a grant while everything goes wrong, and shows it on a page. Ends with 1 when something happened that
 * must not, and with 2 for an argument that cannot be used. Stateless.
 */
public final class Chaos {
    private static final int FAILED = 1;
    private static final int UNUSABLE = 2;

    private Chaos() {}

    public static void main(String[] args) throws Exception {
        int exitCode = run(List.of(args), System.out, System.err, () -> true);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** @param mayEnd whether everybody has seen it who wants to */
    static int run(List<String> arguments, PrintStream out, PrintStream err, BooleanSupplier mayEnd)
            throws IOException, InterruptedException {
        try {
            return run(ChaosOptions.of(arguments), out, mayEnd) ? 0 : FAILED;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return UNUSABLE;
        }
    }

    private static boolean run(ChaosOptions options, PrintStream out, BooleanSupplier mayEnd)
            throws IOException, InterruptedException {
        ChaosRun run = new ChaosRun(options, out);
        Thread hook = new Thread(() -> run.children.forEach(Child::close));
        Runtime.getRuntime().addShutdownHook(hook);
        try (run;
                Page page = new Page(options.port(), () -> State.of(run))) {
            out.println("The page of this run, with seed " + options.seed() + ": " + page.url());
            boolean held = run.run(mayEnd);
            summary(State.of(run), out);
            out.println(
                    held
                            ? "Nothing happened that must not."
                            : "violations: " + run.oracle.counts().violations());
            page.awaitLastState();
            return held;
        } finally {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private static void summary(Map<String, Object> state, PrintStream out) {
        for (String name : List.of(
                "good",
                "refused",
                "failed",
                "latency",
                "spends",
                "refusedRefreshes",
                "replays",
                "injected",
                "losses")) {
            out.println(name + ": " + state.get(name));
        }
    }
}

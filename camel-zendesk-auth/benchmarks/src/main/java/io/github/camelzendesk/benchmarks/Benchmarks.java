package io.github.camelzendesk.benchmarks;

import io.github.camelzendesk.benchmarks.database.DatabaseBenchmark;
import io.github.camelzendesk.benchmarks.peers.Peers;
import io.github.camelzendesk.benchmarks.scale.Scale;

/** Runs the benchmark that {@code -Dbenchmark} names. */
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "hot-path" -> jmh("[.]HotPath[.]");
            case "handovers" -> jmh("LateHandover|PolicyOverhead");
            case "peers" -> Peers.run();
            case "scale" -> Scale.run();
            case "database" -> DatabaseBenchmark.run();
            default -> throw new IllegalArgumentException("no benchmark " + args[0] + "; see the README");
        }
        System.exit(0); // Callers that are stuck, and threads that listen, keep nobody waiting.
    }

    private static void jmh(String classes) throws Exception {
        org.openjdk.jmh.Main.main(new String[] {"-prof", "gc", classes});
    }
}

package io.github.camelzendesk.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.github.camelzendesk.benchmarks.Table;

/** The herd and the race, run by this component and by what else a Java program could use, against the same stand-in. */
public final class Peers {
    private static final int CALLERS = 200;
    private static final int ROUNDS = 3;
    // One less than camel-http's pool has connections to a host.
    private static final int CALLERS_BELOW_POOL = 19;

    private static final List<Supplier<Contender>> CONTENDERS =
            List.of(ZendeskAuth::new, CamelHttp::new, GoogleOAuthClient::new, GoogleAuth::new, SpringSecurity::new);

    private Peers() {}

    public static void run() throws Exception {
        List<String> failures = new ArrayList<>();
        herd(failures);
        race(failures);
        System.out.printf("%nExceptions, by class:%n");
        failures.forEach(System.out::println);
    }

    static Contender contender(String name) {
        return CONTENDERS.stream()
                .map(Supplier::get)
                .filter(contender -> contender.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void herd(List<String> failures) throws Exception {
        Table table = Result.table("Herd: callers released at once meet a token that is over");
        for (Supplier<Contender> contender : CONTENDERS) {
            boolean blocks = !contender.get().refreshes();
            herd(table, contender, CALLERS, blocks ? 1 : ROUNDS, failures);
            if (blocks) {
                herd(table, contender, CALLERS_BELOW_POOL, ROUNDS, failures);
            }
        }
    }

    private static void herd(Table table, Supplier<Contender> contender, int callers, int rounds, List<String> failures)
            throws Exception {
        List<Result> runs = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            runs.add(Herd.run(contender.get(), callers));
        }
        row(table, contender.get(), callers + " callers", runs, failures);
    }

    private static void race(List<String> failures) throws Exception {
        Table table = Result.table("Race: two instances on one grant, ten seconds, a token over every two");
        for (Supplier<Contender> contender : CONTENDERS) {
            Contender first = contender.get();
            if (!first.refreshes()) {
                continue;
            }
            row(table, first, "one JVM", List.of(Race.inOneJvm(first)), failures);
            if (first.sharesOverProcesses()) {
                Contender second = contender.get();
                row(table, second, "two JVMs", List.of(Race.inChildren(second)), failures);
            }
        }
    }

    private static void row(
            Table table, Contender contender, String setting, List<Result> runs, List<String> failures) {
        Result.row(table, contender, setting, runs);
        runs.stream()
                .filter(run -> !run.failures().isEmpty())
                .forEach(run -> failures.add(contender.name() + ", " + setting + ": " + run.failures()));
    }
}

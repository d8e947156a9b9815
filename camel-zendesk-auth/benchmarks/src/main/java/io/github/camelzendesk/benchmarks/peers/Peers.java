package io.github.camelzendesk.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The herd and the race, run by this component and by what else a Java program could use, against the same stand-in. */
public final class Peers {
    private static final int CALLERS = 200;
    private static final int ROUNDS = 3;
    // One less than camel-http's pool has connections to a host.
    private static final int CALLERS_BELOW_POOL = 19;

    private static final List<Supplier<Contender>> CONTENDERS =
            List.of(ZendeskAuth::new, CamelHttp::new, GoogleOAuthClient::new, GoogleAuth::new, SpringSecurity::new);

    private Peers() {}

    public static void main(String[] args) throws Exception {
        List<String> failures = new ArrayList<>();
        herd(failures);
        race(failures);
        System.out.printf("%nExceptions, by class:%n");
        failures.forEach(System.out::println);
        System.exit(0); // Callers that are stuck, and pools that nobody closes, keep nobody waiting.
    }

    static Contender contender(String name) {
        return CONTENDERS.stream()
                .map(Supplier::get)
                .filter(contender -> contender.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void herd(List<String> failures) throws Exception {
        Table.head("Herd: callers released at once meet a token that is over");
        for (Supplier<Contender> contender : CONTENDERS) {
            boolean blocks = !contender.get().refreshes();
            herd(contender, CALLERS, blocks ? 1 : ROUNDS, failures);
            if (blocks) {
                herd(contender, CALLERS_BELOW_POOL, ROUNDS, failures);
            }
        }
    }

    private static void herd(Supplier<Contender> contender, int callers, int rounds, List<String> failures)
            throws Exception {
        List<Result> runs = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            runs.add(Herd.run(contender.get(), callers));
        }
        row(contender.get(), callers + " callers", runs, failures);
    }

    private static void race(List<String> failures) throws Exception {
        Table.head("Race: two instances on one grant, ten seconds, a token over every two");
        for (Supplier<Contender> contender : CONTENDERS) {
            Contender first = contender.get();
            if (!first.refreshes()) {
                Table.notApplicable(first.name(), "");
                continue;
            }
            row(first, "one JVM", List.of(Race.inOneJvm(first)), failures);
            if (first.sharesOverProcesses()) {
                Contender second = contender.get();
                row(second, "two JVMs", List.of(Race.inChildren(second)), failures);
            }
        }
    }

    private static void row(Contender contender, String setting, List<Result> runs, List<String> failures) {
        Table.row(contender.name(), setting, runs, contender.refreshes());
        runs.stream()
                .filter(run -> !run.failures().isEmpty())
                .forEach(run -> failures.add(contender.name() + ", " + setting + ": " + run.failures()));
    }
}

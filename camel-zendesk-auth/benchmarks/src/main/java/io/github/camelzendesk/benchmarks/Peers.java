package io.github.camelzendesk.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The herd and the race, run by this component and by what else a Java program could use, against the same stand-in. */
public final class Peers {
    private static final int CALLERS = 200;
    private static final int ROUNDS = 5;
    // One less than camel-http's pool has connections to a host.
    private static final int CALLERS_BELOW_POOL = 19;

    private static final List<Supplier<Contender>> CONTENDERS =
            List.of(ZendeskAuth::new, CamelHttp::new, GoogleOAuthClient::new, GoogleAuth::new, SpringSecurity::new);

    private Peers() {}

    /** With the argument "detail" it names the exceptions too. */
    public static void main(String[] args) throws Exception {
        boolean detail = List.of(args).contains("detail");
        List<String> details = new ArrayList<>();
        herd(details);
        race(details);
        if (detail) {
            details.forEach(System.out::println);
        }
        System.exit(0); // Callers that are stuck, and pools that nobody closes, keep nobody waiting.
    }

    static Contender contender(String name) {
        return CONTENDERS.stream()
                .map(Supplier::get)
                .filter(contender -> contender.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void herd(List<String> details) throws Exception {
        Table.head("Herd: callers released at once meet a token that is over");
        for (Supplier<Contender> contender : CONTENDERS) {
            boolean blocks = !contender.get().refreshes();
            herd(contender, CALLERS, blocks ? 1 : ROUNDS, details);
            if (blocks) {
                herd(contender, CALLERS_BELOW_POOL, ROUNDS, details);
            }
        }
    }

    private static void herd(Supplier<Contender> contender, int callers, int rounds, List<String> details)
            throws Exception {
        List<Result> runs = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            runs.add(Herd.run(contender.get(), callers));
        }
        row(contender.get().name(), callers + " callers", runs, details);
    }

    private static void race(List<String> details) throws Exception {
        Table.head("Race: two instances on one grant, ten seconds, a token over every two");
        for (Supplier<Contender> contender : CONTENDERS) {
            String name = contender.get().name();
            if (!contender.get().refreshes()) {
                Table.notApplicable(name, "");
                continue;
            }
            row(name, "one JVM", List.of(Race.inOneJvm(contender.get())), details);
            if (contender.get().sharesOverProcesses()) {
                row(name, "two JVMs", List.of(Race.inChildren(contender.get())), details);
            }
        }
    }

    private static void row(String name, String setting, List<Result> runs, List<String> details) {
        Table.row(name, setting, runs);
        runs.forEach(run -> details.add(name + ", " + setting + ": " + run.detail()));
    }
}

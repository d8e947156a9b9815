package io.github.camelzendesk.examples.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.Options;

/**
 * One of the processes: many callers that use the token of each person. Its first line of input is an {@link Order}, the
 * others are commands; it prints a report as a line of JSON twice a second. It ends with its input.
 */
public final class Worker {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long REPORT_MILLIS = 500;
    private static final long THINK_NANOS = TimeUnit.MILLISECONDS.toNanos(1600);

    private final AtomicLong clockSeconds = new AtomicLong();
    private final Tally tally = new Tally();
    private final Map<String, Grant> grants = new LinkedHashMap<>();

    private Worker(Order order) {
        InstantSource clock = () -> InstantSource.system().instant().plusSeconds(clockSeconds.get());
        order.people.forEach(member -> grants.put(
                member.name,
                new Grant(
                        member.name,
                        member.client,
                        ConnectionOptions.of(member.options)
                                .with(
                                        Options.TOKEN_ENDPOINT_PATH,
                                        order.url + "/oauth/tokens?process=" + order.process),
                        clock,
                        order.url,
                        tally)));
    }

    /**
     * What a process is to do. Immutable.
     *
     * @param url where it finds the stand-in
     */
    record Order(int process, String url, int callers, List<Member> people) {}

    /**
     * A person, and how to share the grant. Immutable.
     *
     * @param client the number of the OAuth client
     * @param options by name; a secret is among them
     */
    record Member(String name, long client, Map<String, String> options) {}

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Order order = JSON.readValue(in.readLine(), Order.class);
        Worker worker = new Worker(order);
        worker.start(order.callers);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            worker.obey(line);
        }
        worker.grants.values().forEach(Grant::close);
        System.exit(0);
    }

    private void start(int callers) {
        List<Grant> shared = new ArrayList<>(grants.values());
        for (int i = 0; i < callers; i++) {
            // Every fourth uses the token of the second person.
            Grant grant = shared.get(i % 4 / 3);
            Daemon.of(() -> callForEver(grant), "caller-" + i).start();
        }
        ScheduledExecutorService reporter = Executors.newSingleThreadScheduledExecutor();
        reporter.scheduleWithFixedDelay(this::report, 0, REPORT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void callForEver(Grant grant) {
        while (true) {
            grant.call();
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(THINK_NANOS));
        }
    }

    private void obey(String command) {
        if (command.startsWith("clock ")) {
            clockSeconds.set(Long.parseLong(command.substring("clock ".length())));
        } else {
            grants.values().forEach(Grant::reopen);
        }
    }

    private void report() {
        try {
            Map<String, Object> report = tally.shown();
            Map<String, Object> people = new LinkedHashMap<>();
            grants.forEach((name, grant) -> people.put(name, grant.shown()));
            report.put("people", people);
            System.out.println(JSON.writeValueAsString(report));
        } catch (IOException | RuntimeException e) {
            System.out.println("{\"failed\":{\"no report: " + Tally.name(e) + "\":1}}");
        }
    }
}

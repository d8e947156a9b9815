package io.github.camelzendesk.examples.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.camelzendesk.auth.testkit.ZendeskServer;

/** One run: starts the processes, harms them as planned, heals them, and judges. For one thread; its parts are thread-safe. */
final class ChaosRun implements AutoCloseable, Child.Listener {
    static final Pattern SECRET = Pattern.compile("z(at|rt|ac|cs|pt|pw)_[0-9a-f]{40}|pg-[0-9a-f-]{36}");
    private static final Duration LIFETIME = Duration.ofSeconds(3);
    private static final long LOOK_MILLIS = 300;
    private static final long HEAL_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final Set<String> NAMED = Set.of(
            "network",
            "status 401",
            "TokenEndpointUnavailable",
            "SettingsUnavailable",
            "AuthorizationRequired RESPONSE_LOST",
            "AuthorizationRequired REFUSED");

    final ChaosOptions options;
    final Oracle oracle;
    final History history = new History();
    final List<Child> children = new ArrayList<>();
    private final PrintStream out;
    private final Path directory;
    private final ZendeskServer zendesk = ZendeskServer.start();
    private final Store store;
    private final People people;
    // One thread, so that no fault ends before it has begun.
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(work -> Daemon.of(work, "chaos-timer"));
    private volatile String phase = "running";

    ChaosRun(ChaosOptions options, PrintStream out) throws IOException, InterruptedException {
        this.options = options;
        this.out = out;
        this.oracle = new Oracle(zendesk, options.store().equals("jdbc"));
        this.directory = Files.createTempDirectory("zendesk-auth-chaos");
        zendesk.accessTokenLifetime(LIFETIME);
        zendesk.recordApiRequests(false);
        this.store = Store.of(options.store(), directory);
        this.people = People.with(zendesk, store, oracle, this::tell);
        for (int i = 1; i <= options.processes(); i++) {
            children.add(new Child(i, options.callers(), people.members(i), zendesk.port(), directory, this));
        }
    }

    String phase() {
        return phase;
    }

    /** Says whether nothing happened that must not. */
    boolean run(BooleanSupplier mayEnd) throws IOException, InterruptedException {
        people.logIn();
        for (Child child : children) {
            child.start();
        }
        awaitAllServed("before anything went wrong");
        begin();
        while (history.elapsed() < options.seconds() || !mayEnd.getAsBoolean()) {
            look();
        }
        heal();
        end();
        return oracle.counts().violations().isEmpty();
    }

    private void begin() {
        history.begin(zendesk.rotationCount());
        oracle.begin();
        people.watch();
        timer.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
        Fault.plan(options.seed(), options.processes(), people.names().size(), options.seconds()).stream()
                .filter(fault -> store.has(fault.kind()))
                .forEach(this::schedule);
    }

    private void look() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
        children.stream()
                .filter(Child::hangs)
                .forEach(child -> violated("A caller of process " + child.number() + " hangs"));
        oracle.look();
    }

    private void schedule(Fault fault) {
        timer.schedule(() -> harm(fault, true), fault.atMillis(), TimeUnit.MILLISECONDS);
        timer.schedule(() -> harm(fault, false), fault.endMillis(), TimeUnit.MILLISECONDS);
    }

    private void harm(Fault fault, boolean begins) {
        try {
            if (begins) {
                oracle.begins(fault);
                history.injected(fault);
                begin(fault);
            } else {
                end(fault);
                oracle.ends(fault);
            }
        } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
            violated("The fault could not be injected: " + fault + ": " + e);
        }
    }

    private void begin(Fault fault) throws IOException, InterruptedException, SQLException {
        if (fault.kind() == Fault.Kind.REVOKED) {
            history.log("an administrator ends a grant");
            people.revoke(fault.target());
        } else {
            history.log("process " + fault.target() + ": " + fault.told());
            children.get(fault.target() - 1).begin(fault);
        }
        if (fault.kind() == Fault.Kind.STOPPED || fault.kind() == Fault.Kind.SESSIONS_CUT) {
            store.cutSessions(fault.target());
        }
    }

    private void end(Fault fault) throws IOException, InterruptedException {
        if (fault.kind() != Fault.Kind.REVOKED) {
            children.get(fault.target() - 1).end(fault);
        }
    }

    private void tick() {
        int troubled =
                (int) children.stream().filter(child -> child.fault() != null).count();
        Oracle.Counts counts = oracle.counts();
        history.tick(counts.spends(), troubled);
        if ((int) history.elapsed() % 10 == 0) {
            out.printf(
                    "%4.0f s  %d calls, %d refreshes, %d refused, %d grants lost, %d violations%n",
                    history.elapsed(),
                    history.calls(),
                    counts.spends(),
                    counts.refused(),
                    counts.losses().size(),
                    counts.violations().size());
        }
    }

    /** Nothing goes wrong any more, so each process must serve each person. */
    private void heal() {
        phase = "healing";
        history.log("nothing goes wrong any more");
        awaitAllServed("although nothing goes wrong any more");
    }

    private void awaitAllServed(String when) {
        long since = System.nanoTime();
        while (!children.stream().allMatch(child -> child.isServedSince(since))) {
            if (System.nanoTime() - since > HEAL_NANOS) {
                violated("A process is not served " + when);
                return;
            }
            look();
        }
    }

    private void end() throws IOException, InterruptedException {
        phase = "over";
        tell("nothing went wrong for a while, and all are served");
        for (Child child : children) {
            child.askToEnd();
        }
        for (Child child : children) {
            if (!child.ends()) {
                violated("Process " + child.number() + " did not end");
            }
            if (SECRET.matcher(Files.readString(child.log())).find()) {
                violated("A secret is in the log of process " + child.number());
            }
        }
    }

    @Override
    public void printed(Child child, String line, @Nullable JsonNode report) {
        if (SECRET.matcher(line).find()) {
            violated("Process " + child.number() + " printed a secret");
        }
        if (report == null) {
            violated("Process " + child.number() + " printed what is no report");
            return;
        }
        history.add(report);
        report.path("failed").fieldNames().forEachRemaining(name -> {
            if (!NAMED.contains(name)) {
                violated("A caller of process " + child.number() + " got '" + name + "'");
            }
        });
    }

    @Override
    public void endedByItself(Child child) {
        violated("Process " + child.number() + " ended by itself");
    }

    void violated(String what) {
        if (oracle.violated(what)) {
            tell("VIOLATION: " + what);
        }
    }

    private void tell(String what) {
        history.log(what);
        out.printf("%4.0f s  %s%n", history.elapsed(), what);
    }

    /** Keeps the logs and the settings of a run that failed. */
    @Override
    public void close() throws IOException {
        phase = "over";
        timer.shutdownNow();
        children.forEach(Child::close);
        people.close();
        zendesk.close();
        if (oracle.counts().violations().isEmpty()) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted((one, other) -> other.compareTo(one))
                        .forEach(file -> file.toFile().delete());
            }
        } else {
            out.println("The settings and the logs of the processes are in " + directory);
        }
    }
}

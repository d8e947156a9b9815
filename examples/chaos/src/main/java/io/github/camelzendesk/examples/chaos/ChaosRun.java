package io.github.camelzendesk.examples.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
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
    private static final long HANG_MILLIS = 60_000;
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
    private final List<Person> people = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, ChaosRun::daemon);
    private final ExecutorService logins = Executors.newCachedThreadPool(ChaosRun::daemon);
    private volatile String phase = "running";

    ChaosRun(ChaosOptions options, PrintStream out) throws IOException, InterruptedException {
        this.options = options;
        this.out = out;
        this.oracle = new Oracle(zendesk, options.store().equals("jdbc"));
        this.directory = Files.createTempDirectory("zendesk-auth-chaos");
        zendesk.accessTokenLifetime(LIFETIME);
        zendesk.recordApiRequests(false);
        Store store = Store.of(options.store(), directory);
        for (String name : List.of("ann", "bob")) {
            people.add(new Person(name, zendesk, store.location(name)));
        }
        List<Worker.Member> members = people.stream().map(Person::member).toList();
        for (int i = 1; i <= options.processes(); i++) {
            children.add(new Child(i, options.callers(), members, zendesk.port(), directory, this));
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "chaos");
        thread.setDaemon(true);
        return thread;
    }

    String phase() {
        return phase;
    }

    /** Says whether nothing happened that must not. */
    boolean run(BooleanSupplier mayEnd) throws IOException, InterruptedException {
        people.forEach(this::logIn);
        for (Child child : children) {
            child.start();
        }
        awaitAllServed("before anything went wrong");
        history.begin(zendesk.rotationCount());
        oracle.begin();
        people.forEach(person -> logins.execute(() -> watch(person)));
        timer.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
        Fault.plan(options.seed(), options.processes(), people.size(), options.seconds())
                .forEach(this::schedule);
        while (history.elapsed() < options.seconds() || !mayEnd.getAsBoolean()) {
            look();
        }
        heal();
        end();
        return oracle.counts().violations().isEmpty();
    }

    private void look() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
        children.forEach(this::checkReport);
        oracle.look();
    }

    private void checkReport(Child child) {
        long silent = (System.nanoTime() - child.reportedAt()) / 1_000_000;
        if (silent > HANG_MILLIS || child.report().path("oldestMillis").asLong() > HANG_MILLIS) {
            violated("A caller of process " + child.number() + " hangs");
        }
    }

    private void schedule(Fault fault) {
        timer.schedule(() -> harm(fault, true), fault.atMillis(), TimeUnit.MILLISECONDS);
        timer.schedule(() -> harm(fault, false), fault.endMillis(), TimeUnit.MILLISECONDS);
    }

    private void harm(Fault fault, boolean begins) {
        try {
            if (fault.kind() == Fault.Kind.REVOKED) {
                revoke(fault, begins);
            } else if (begins) {
                oracle.begins(fault);
                history.injected(fault);
                history.log("process " + fault.target() + ": " + fault.told());
                children.get(fault.target() - 1).begin(fault);
            } else {
                children.get(fault.target() - 1).end(fault);
                oracle.ends(fault);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            violated("The fault could not be injected: " + fault + ": " + e);
        }
    }

    private void revoke(Fault fault, boolean begins) throws IOException, InterruptedException {
        Person person = people.get(fault.target() - 1);
        if (begins) {
            oracle.begins(fault);
            history.injected(fault);
            history.log("an administrator ends the grant of " + person.name);
            person.revoke();
        } else {
            oracle.ends(fault);
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

    /** Waits for the settings to say that this person must log in. */
    private void watch(Person person) {
        while (!phase.equals("over")) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
            String reason = person.loss();
            if (reason != null) {
                Oracle.Loss loss = oracle.lost(person, people.indexOf(person) + 1, reason);
                tell(person.name + " must log in: " + loss.name() + " (" + loss.cause() + ")");
                logIn(person);
            }
        }
    }

    private void logIn(Person person) {
        while (true) {
            try {
                person.logIn();
                oracle.loggedIn(person);
                history.log(person.name + " has logged in");
                return;
            } catch (RuntimeException e) {
                history.log("the login of " + person.name + " failed: " + Tally.name(e));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
            }
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
        while (!children.stream().allMatch(child -> isServed(child, since))) {
            if (System.nanoTime() - since > HEAL_NANOS) {
                violated("A process is not served " + when);
                return;
            }
            look();
        }
    }

    private boolean isServed(Child child, long since) {
        return people.stream().allMatch(person -> {
            JsonNode good = child.report().path("people").path(person.name).path("goodMillisAgo");
            return good.isNumber() && child.reportedAt() - since > TimeUnit.MILLISECONDS.toNanos(good.asLong());
        });
    }

    private void end() throws IOException, InterruptedException {
        phase = "over";
        for (Child child : children) {
            if (!child.finish()) {
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
        logins.shutdownNow();
        children.forEach(Child::close);
        people.forEach(Person::close);
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

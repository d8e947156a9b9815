package io.github.camelzendesk.examples.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.github.camelzendesk.auth.testkit.internal.ChildJvm;

/** One of the processes as the parent sees it: begins, ends and harms it. Thread-safe. */
final class Child implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long END_MILLIS = TimeUnit.SECONDS.toMillis(60);
    private static final long HANG_MILLIS = 120_000;

    private final Worker.Order order;
    private final Path log;
    private final Forwarder network;
    private final Listener listener;
    private volatile @Nullable ChildJvm jvm;
    private volatile @Nullable Thread reader;
    private volatile @Nullable Fault fault;
    private volatile Report last = Report.none();
    private volatile boolean mayEnd;

    Child(int number, int callers, List<Worker.Member> people, int zendesk, Path directory, Listener listener)
            throws IOException {
        this.network = new Forwarder(zendesk);
        this.order = new Worker.Order(number, network.url(), callers, people);
        this.log = directory.resolve("process-" + number + ".log");
        this.listener = listener;
    }

    /** What a process said, and when. Immutable. */
    private record Report(JsonNode report, long at) {
        static Report none() {
            return new Report(MissingNode.getInstance(), System.nanoTime());
        }
    }

    /** Is told what a process prints. */
    interface Listener {
        void printed(Child child, String line, @Nullable JsonNode report);

        void endedByItself(Child child);
    }

    int number() {
        return order.process();
    }

    Path log() {
        return log;
    }

    /** The last report of the process that runs. */
    JsonNode report() {
        return last.report;
    }

    long reportAgeMillis() {
        return (System.nanoTime() - last.at) / 1_000_000;
    }

    /** Whether a caller has waited for two minutes, or it has reported nothing for as long. */
    boolean hangs() {
        return reportAgeMillis() > HANG_MILLIS
                || last.report.path("oldestMillis").asLong() > HANG_MILLIS;
    }

    /** Whether it reports a good call for each person that came after this instant of {@link System#nanoTime}. */
    boolean isServedSince(long nanos) {
        Report known = last;
        JsonNode people = known.report.path("people");
        return !people.isEmpty()
                && StreamSupport.stream(people.spliterator(), false)
                        .map(person -> person.path("goodMillisAgo"))
                        .allMatch(good ->
                                good.isNumber() && known.at - nanos > TimeUnit.MILLISECONDS.toNanos(good.asLong()));
    }

    /** What is being done to it; null for nothing. */
    @Nullable
    Fault fault() {
        return fault;
    }

    void start() throws IOException {
        ChildJvm started = ChildJvm.start(
                Worker.class,
                Map.of(
                        "org.slf4j.simpleLogger.logFile",
                        log.toString(),
                        "org.slf4j.simpleLogger.showDateTime",
                        "true"));
        mayEnd = false;
        last = Report.none();
        jvm = started;
        started.tell(JSON.writeValueAsString(order));
        Thread reading = Daemon.of(() -> read(started), "chaos-reader");
        reading.start();
        reader = reading;
    }

    private void read(ChildJvm from) {
        try {
            for (String line = from.line(); line != null; line = from.line()) {
                listener.printed(this, line, parsed(line));
            }
        } catch (IOException e) {
            // It was killed.
        }
        if (!mayEnd && from == jvm) {
            listener.endedByItself(this);
        }
    }

    private @Nullable JsonNode parsed(String line) {
        try {
            JsonNode report = JSON.readTree(line);
            last = new Report(report, System.nanoTime());
            return report;
        } catch (IOException e) {
            return null;
        }
    }

    void begin(Fault begun) throws IOException, InterruptedException {
        fault = begun;
        ChildJvm running = running();
        switch (begun.kind()) {
            case KILLED -> kill(running);
            case STOPPED -> running.stop();
            case DISK_FULL -> limitFiles(running, "0");
            case CLOCK -> running.tell("clock " + begun.clockSeconds());
            case RESTARTED -> running.tell("restart");
            case SESSIONS_CUT, REVOKED -> {}
            default -> network.cut(begun.kind());
        }
    }

    void end(Fault ended) throws IOException, InterruptedException {
        switch (ended.kind()) {
            case KILLED -> start();
            case STOPPED -> running().goOn();
            case DISK_FULL -> limitFiles(running(), "unlimited");
            case CLOCK -> running().tell("clock 0");
            case RESTARTED, SESSIONS_CUT, REVOKED -> {}
            default -> network.cut(null);
        }
        fault = null;
    }

    private ChildJvm running() {
        ChildJvm running = jvm;
        if (running == null) {
            throw new IllegalStateException("The process was not started");
        }
        return running;
    }

    private void kill(ChildJvm running) throws InterruptedException {
        mayEnd = true;
        running.kill();
    }

    /** Each write to a file fails then, as on a full disk, and no other process is harmed. */
    private static void limitFiles(ChildJvm running, String soft) throws IOException, InterruptedException {
        Process prlimit = new ProcessBuilder("prlimit", "--pid", String.valueOf(running.pid()), "--fsize=" + soft + ":")
                .inheritIO()
                .start();
        if (prlimit.waitFor() != 0) {
            throw new IOException("prlimit failed");
        }
    }

    /** Has it close what it has open. */
    void askToEnd() throws IOException {
        mayEnd = true;
        running().endInput();
    }

    /** Whether it ends in time, when it was asked to. */
    boolean ends() throws InterruptedException {
        Thread reading = reader;
        if (reading != null) {
            reading.join(END_MILLIS);
        }
        return reading == null || !reading.isAlive();
    }

    @Override
    public void close() {
        mayEnd = true;
        ChildJvm running = jvm;
        if (running != null) {
            running.close();
        }
        try {
            network.close();
        } catch (IOException e) {
            // It ends with this process.
        }
    }
}

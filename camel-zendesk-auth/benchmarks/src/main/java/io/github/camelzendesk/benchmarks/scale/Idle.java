package io.github.camelzendesk.benchmarks.scale;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.apache.camel.Endpoint;

import io.github.camelzendesk.auth.oauth.TokenManager;

/** In a JVM of its own: connections with fresh tokens start, stand idle, and are used. For one thread. */
final class Idle {
    private static final int WARM_UP = 500;
    private static final int VISITS = 2_000_000;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Tenants tenants;

    private Idle(Tenants tenants) {
        this.tenants = tenants;
    }

    public static void main(String[] args) throws Exception {
        Tenants tenants = Tenants.of(args);
        warmUp();
        new Idle(tenants).run();
        System.exit(0);
    }

    /** Loads and compiles what the first connections would pay for. */
    static void warmUp() throws Exception {
        Tenants few = new Tenants(WARM_UP, "memory", Path.of("."), 2);
        few.store(Tenants.LIFETIME);
        try (Managers managers = new Managers(few)) {
            Managers.awaitFresh(managers.open());
            managers.startEndpoints();
        }
    }

    private void run() throws Exception {
        long empty = Footprint.liveHeap();
        tenants.store(Tenants.LIFETIME);
        long stored = Footprint.liveHeap();
        Readings.say("storedBytes", perConnection(stored - empty));
        Managers managers = new Managers(tenants);
        long configured = Footprint.liveHeap();
        Readings.say("configurationBytes", perConnection(configured - stored));
        List<TokenManager> open = start(managers);
        long opened = Footprint.liveHeap();
        Readings.say("managerBytes", perConnection(opened - configured));
        standIdle();
        visit(open);
        withEndpoints(managers, opened);
        DynamicRoute.measure(managers.context, tenants.count());
        stop(managers);
    }

    private List<TokenManager> start(Managers managers) throws Exception {
        long begin = System.nanoTime();
        List<TokenManager> open = managers.open();
        long opened = System.nanoTime();
        Managers.awaitFresh(open);
        long fresh = System.nanoTime();
        Readings.say("openMillis", (opened - begin) / 1e6);
        Readings.say("startMillis", (fresh - begin) / 1e6);
        Readings.say("startMicrosEach", (fresh - begin) / 1e3 / tenants.count());
        return open;
    }

    /** What the timer and the watch over the stores cost while nobody calls. */
    private void standIdle() {
        long begin = System.nanoTime();
        long cpu = Footprint.cpuNanos();
        LockSupport.parkNanos(IDLE.toNanos());
        double share = (double) (Footprint.cpuNanos() - cpu) / (System.nanoTime() - begin);
        Readings.say("idleCpuPercent", 100 * share);
        Readings.say("idleThreads", Footprint.threads());
        Readings.say("idleDescriptors", Footprint.descriptors());
    }

    private void visit(List<TokenManager> open) {
        new Visits(open, VISITS).visit(VISITS); // Compiles it.
        Visits visits = new Visits(open, VISITS);
        visits.visit(VISITS);
        visits.say("fresh");
    }

    private void withEndpoints(Managers managers, long opened) throws Exception {
        List<Endpoint> endpoints = managers.startEndpoints();
        Readings.say("endpointBytes", perConnection(Footprint.liveHeap() - opened));
        if (endpoints.size() != tenants.count()) {
            throw new IllegalStateException("endpoints are missing"); // And they are alive until here.
        }
    }

    private void stop(Managers managers) {
        long begin = System.nanoTime();
        managers.close();
        Readings.say("stopMillis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    }

    private double perConnection(long bytes) {
        return (double) bytes / tenants.count();
    }
}

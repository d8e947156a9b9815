package io.github.camelzendesk.benchmarks.scale;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.apache.camel.Endpoint;

import io.github.camelzendesk.auth.oauth.TokenManager;

/** In a JVM of its own: connections with fresh tokens start, stand idle, and are used. For one thread. */
final class ScaleIdle {
    private static final int WARM_UP = 500;
    private static final int VISITS = 2_000_000;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Tenants tenants;
    private final Readings readings = new Readings();

    private ScaleIdle(Tenants tenants) {
        this.tenants = tenants;
    }

    public static void main(String[] args) throws Exception {
        Tenants tenants = new Tenants(Integer.parseInt(args[0]), args[1], Path.of(args[2]), 1);
        warmUp();
        new ScaleIdle(tenants).run();
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
        readings.say("storedBytes", perConnection(stored - empty));
        Managers managers = new Managers(tenants);
        long configured = Footprint.liveHeap();
        readings.say("configurationBytes", perConnection(configured - stored));
        List<TokenManager> open = start(managers);
        long opened = Footprint.liveHeap();
        readings.say("managerBytes", perConnection(opened - configured));
        standIdle();
        visit(open);
        withEndpoints(managers, opened);
        DynamicRoute.measure(managers.context, tenants.count(), readings);
        stop(managers);
    }

    private List<TokenManager> start(Managers managers) throws Exception {
        long begin = System.nanoTime();
        List<TokenManager> open = managers.open();
        long opened = System.nanoTime();
        Managers.awaitFresh(open);
        long fresh = System.nanoTime();
        readings.say("openMillis", (opened - begin) / 1e6);
        readings.say("startMillis", (fresh - begin) / 1e6);
        readings.say("startMicrosEach", (fresh - begin) / 1e3 / tenants.count());
        return open;
    }

    /** What the timer and the watch over the stores cost while nobody calls. */
    private void standIdle() {
        long begin = System.nanoTime();
        long cpu = Footprint.cpuNanos();
        LockSupport.parkNanos(IDLE.toNanos());
        double share = (double) (Footprint.cpuNanos() - cpu) / (System.nanoTime() - begin);
        readings.say("idleCpuPercent", 100 * share);
        readings.say("idleThreads", Footprint.threads());
        readings.say("idleDescriptors", Footprint.descriptors());
    }

    private void visit(List<TokenManager> open) {
        new Latencies(open, VISITS).visit(VISITS);
        Latencies latencies = new Latencies(open, VISITS);
        latencies.visit(VISITS);
        latencies.say("fresh", readings);
    }

    private void withEndpoints(Managers managers, long opened) throws Exception {
        List<Endpoint> endpoints = managers.startEndpoints();
        readings.say("endpointBytes", perConnection(Footprint.liveHeap() - opened));
        if (endpoints.size() != tenants.count()) {
            throw new IllegalStateException("endpoints are missing"); // And they are alive until here.
        }
    }

    private void stop(Managers managers) {
        long begin = System.nanoTime();
        managers.close();
        readings.say("stopMillis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    }

    private double perConnection(long bytes) {
        return (double) bytes / tenants.count();
    }
}

package io.github.camelzendesk.benchmarks.scale;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.settings.OAuthSettings;

/** In a JVM of its own: the stored tokens of all connections are over, and all are asked at once. For one thread. */
final class Refresh {
    private static final Duration OVER = Duration.ofMinutes(-1);
    private static final Duration JOIN = Duration.ofHours(1);
    private static final int MOST_VISITS = 5_000_000;
    private static final int VISITS = 100;
    private static final long PAUSE_MILLIS = 10;

    private final Tenants tenants;
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final CountDownLatch landed;

    private Refresh(Tenants tenants) {
        this.tenants = tenants;
        this.landed = new CountDownLatch(tenants.count());
    }

    public static void main(String[] args) throws Exception {
        Tenants tenants = Tenants.of(args);
        Idle.warmUp();
        new Refresh(tenants).run();
        System.exit(0);
    }

    private void run() throws Exception {
        tenants.store(OVER);
        Managers managers = new Managers(tenants);
        // A caller waits to the end here, so that the last refresh is seen; usually he is sent away after two seconds.
        managers.component.getConfiguration().setJoinTimeout(JOIN);
        List<TokenManager> open = managers.open();
        long cpu = Footprint.cpuNanos();
        long begin = System.nanoTime();
        open.forEach(this::ask);
        visitUntilLanded(open);
        say((System.nanoTime() - begin) / 1e9, (Footprint.cpuNanos() - cpu) / 1e3);
        managers.close();
        Readings.say("lost", lost());
    }

    private void ask(TokenManager manager) {
        manager.authorization().whenComplete((authorization, error) -> {
            if (error != null) {
                failures.merge(String.valueOf(error.getMessage()).replaceAll("[0-9]+", "N"), 1, Integer::sum);
            }
            landed.countDown();
        });
    }

    /** Meanwhile a caller comes by those who have landed, now and then, so that it takes no processor from them. */
    private void visitUntilLanded(List<TokenManager> open) throws InterruptedException {
        Visits visits = new Visits(open, MOST_VISITS);
        while (!landed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            visits.visit(VISITS);
        }
        visits.say("busyFresh");
    }

    private void say(double seconds, double cpuMicros) {
        int failed = failures.values().stream().mapToInt(Integer::intValue).sum();
        Readings.say("failed", failed);
        Readings.say("refreshSeconds", seconds);
        Readings.say("refreshesPerSecond", (tenants.count() - failed) / seconds);
        Readings.say("refreshCpuMicrosEach", cpuMicros / tenants.count());
        Readings.say("refreshThreads", Footprint.peakThreads());
        Readings.say("refreshDescriptors", Footprint.descriptors());
        System.out.println("Failures: " + failures.toString().replace('=', ' '));
    }

    /** Connections whose stored refresh token is not the live one at the server: a restart could not go on with them. */
    private long lost() throws Exception {
        Set<String> live =
                new HashSet<>(List.of(TokenServer.read(tenants.port(), "/live").split("\n")));
        return IntStream.range(0, tenants.count())
                .filter(i -> tenants.stored(i)
                        .map(OAuthSettings::refreshToken)
                        .filter(token -> live.contains(token.reveal()))
                        .isEmpty())
                .count();
    }
}

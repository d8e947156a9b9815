package io.github.camelzendesk.auth.rig;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.RiggedManager;
import io.github.camelzendesk.auth.settings.internal.file.RiggedFiles;

/** The child of the multi-process rig: many threads that call Zendesk, and try once more after a 401. */
public final class Calling {
    private final TokenManager manager;
    private final URI tickets;
    private final HttpClient http = HttpClient.newHttpClient();
    private final LongAdder calls = new LongAdder();
    private final LongAdder replays = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final AtomicReference<String> firstFailure = new AtomicReference<>("none");

    private Calling(TokenManager manager, URI tickets) {
        this.manager = manager;
        this.tickets = tickets;
    }

    public static void main(String[] args) throws Exception {
        String url = System.getProperty("rig.url");
        String client = System.getProperty("rig.client");
        TimedStore store =
                new TimedStore(RiggedFiles.store(Path.of(System.getProperty("rig.file")), url, client, Steps.NONE));
        TokenManager manager = RiggedManager.open(
                RiggedManager.connection(
                        url, client, System.getProperty("rig.secret"), System.getProperty("rig.refreshToken", "")),
                store,
                Steps.NONE);
        Calling calling = new Calling(manager, URI.create(url + "/api/v2/tickets.json"));
        calling.run(Integer.getInteger("rig.threads"), Integer.getInteger("rig.seconds"));
        System.out.println("calls " + calling.calls + " replays " + calling.replays + " failures " + calling.failures);
        System.out.println("first failure: " + calling.firstFailure);
        System.out.println("lockWaits " + numbers(store.lockWaits));
        System.out.println("durability " + numbers(store.durability));
        manager.close();
        Runtime.getRuntime().halt(0);
    }

    private void run(int threads, int seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        CountDownLatch done = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            new Thread(() -> {
                        while (System.nanoTime() < end) {
                            call();
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();
    }

    private void call() {
        calls.increment();
        try {
            Authorization used = manager.authorization().join();
            while (status(used) == 401) {
                used = afterRefusal(used);
            }
        } catch (Exception e) {
            fail(String.valueOf(e));
        }
    }

    /** Each one newer than the one before: the others may rotate it while a busy machine sends this one's call. */
    private Authorization afterRefusal(Authorization used) {
        replays.increment();
        manager.reject(used.generation());
        Authorization next = manager.authorization().join();
        if (next.generation() <= used.generation()) {
            throw new IllegalStateException("the token that was refused came again");
        }
        return next;
    }

    private void fail(String why) {
        failures.increment();
        firstFailure.compareAndSet("none", why);
    }

    private int status(Authorization authorization) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(tickets)
                .header("Authorization", authorization.headerValue())
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static String numbers(List<Long> micros) {
        return micros.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}

package io.github.camelzendesk.auth.jdbc;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.TokenEvent;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.rotation.DelegatingTransaction;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/**
 * One of many processes that share a grant: it calls Zendesk until its input ends, and prints what happens, with
 * microseconds since the epoch: {@code ready}, {@code saved GENERATION AT}, {@code adopted GENERATION AT}, {@code
 * failure WHY}.
 */
public final class Replica {
    private static final int THREADS = 2;
    private static final long PAUSE_NANOS = 100_000_000;
    // The survivors of one that is killed wait for its answer for as long.
    private static final Duration EXCHANGE = Duration.ofSeconds(10);
    private static final AtomicBoolean READY = new AtomicBoolean();

    private final TokenManager manager;
    private final URI tickets;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicBoolean over = new AtomicBoolean();
    private final LongAdder calls = new LongAdder();
    private final LongAdder replays = new LongAdder();

    private Replica(TokenManager manager, URI tickets) {
        this.manager = manager;
        this.tickets = tickets;
    }

    public static void main(String[] args) throws Exception {
        String url = System.getProperty("rig.url");
        SettingsStore store = new Printing(Managers.store(System.getProperty("rig.location"), url));
        TokenManager manager = Managers.open(
                url,
                System.getProperty("rig.secret"),
                store,
                event -> {
                    // What it takes over at its start tells nothing of the way there.
                    if (event.kind() == TokenEvent.Kind.ADOPTED && READY.get()) {
                        System.out.println("adopted " + event.generation() + " " + micros());
                    }
                },
                EXCHANGE);
        Replica replica = new Replica(manager, URI.create(url + "/api/v2/tickets.json"));
        replica.run();
        manager.close();
        System.out.println("calls " + replica.calls + " " + replica.replays);
        Runtime.getRuntime().halt(0);
    }

    private void run() throws Exception {
        call();
        READY.set(true);
        System.out.println("ready");
        Thread[] threads = new Thread[THREADS];
        for (int i = 0; i < THREADS; i++) {
            threads[i] = new Thread(this::callUntilOver);
            threads[i].start();
        }
        while (System.in.read() >= 0) {
            // Its end is the sign to end.
        }
        over.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void callUntilOver() {
        while (!over.get()) {
            call();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void call() {
        calls.increment();
        try {
            Authorization used = manager.authorization().join();
            while (status(used) == 401) {
                used = afterRefusal(used);
            }
        } catch (CompletionException e) {
            boolean lost = e.getCause() instanceof AuthorizationRequired required
                    && required.reason() == AuthorizationRequired.Reason.RESPONSE_LOST;
            System.out.println(lost ? "lost" : "failure " + e.getCause());
        } catch (Exception e) {
            System.out.println("failure " + e);
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

    private int status(Authorization authorization) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(tickets)
                .header("Authorization", authorization.headerValue())
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** Prints when a new pair is stored, from which moment others can take it over. */
    private record Printing(SettingsStore store) implements SettingsStore {
        @Override
        public String identity() {
            return store.identity();
        }

        @Override
        public Optional<OAuthSettings> load() {
            return store.load();
        }

        @Override
        public Optional<Watch> watch(Runnable changed) {
            return store.watch(changed);
        }

        @Override
        public boolean canLoseLock() {
            return store.canLoseLock();
        }

        @Override
        public Optional<SettingsTransaction> begin(Duration patience) throws InterruptedException {
            return store.begin(patience).map(PrintingTransaction::new);
        }
    }

    private static final class PrintingTransaction extends DelegatingTransaction {
        PrintingTransaction(SettingsTransaction transaction) {
            super(transaction);
        }

        @Override
        public void save(OAuthSettings settings) {
            transaction.save(settings);
            if (settings.pending() == null && settings.ended() == null) {
                System.out.println("saved " + settings.generation() + " " + micros());
            }
        }
    }
}

package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import io.github.camelzendesk.auth.oauth.Authorizer;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.OAuthClient;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.PollRateLimiter;
import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenResponse;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;

/** Time, threads, Zendesk and a store, all in the hands of one test thread. */
public final class EngineFixture implements InPlace, SettingsStore, AuthorizationServer {
    public static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    public static final Duration JOIN = Duration.ofSeconds(20);

    public Instant wall = START;
    public long nanos;
    public Optional<OAuthSettings> stored = Optional.empty();
    int savesThatWork = Integer.MAX_VALUE;
    long failedSaves;
    boolean unreadable;
    boolean hasSpace = true;
    /** A file is closed under the thread that is interrupted. */
    boolean refuseInterrupted;
    /** So that it is not polled: weeks go by at once. */
    boolean tellsOfChanges;

    public final Deque<TokenRequestOutcome> outcomes = new ArrayDeque<>();
    public final List<TokenRequest> requests = new ArrayList<>();
    public Runnable duringRequest = () -> {};
    Runnable whenLockIsTaken = () -> {};
    Runnable whenLockIsRefused = () -> {};
    int lockRefusals;
    public Object holder;
    public boolean canLoseLock;
    private int locks;
    Duration longestHold = Duration.ZERO;
    Authorizer authorizer;
    TokenListener listener = TokenListener.NONE;
    TokenKnowledge knowledge = TokenKnowledge.NONE;
    Map<String, Object> identity = Map.of();
    public int descriptions;
    int holds;
    Runnable duringDescription = () -> {};
    public int seed = 1;
    final PollRateLimiter looks = new PollRateLimiter();
    private final List<Task> tasks = new ArrayList<>();

    private record Task(long due, Runnable work) {}

    public DefaultTokenManager manager(Credentials credentials) {
        return manager(credentials, this);
    }

    public DefaultTokenManager manager(Credentials credentials, AuthorizationServer server) {
        return manager(credentials, server, this, this);
    }

    public DefaultTokenManager manager(
            Credentials credentials, AuthorizationServer server, SettingsStore store, TaskScheduler engine) {
        return new DefaultTokenManager(connection(credentials, JOIN), store, server, context(engine));
    }

    public DefaultTokenManager manager(Credentials credentials, Duration join) {
        return new DefaultTokenManager(connection(credentials, join), this, this, context(this));
    }

    /** One that has looked at the store, as each does that a user opens. */
    public DefaultTokenManager started(Credentials credentials) {
        DefaultTokenManager manager = manager(credentials);
        manager.start();
        return manager;
    }

    private static Connection connection(Credentials credentials, Duration join) {
        return connection("acme", credentials, join);
    }

    static Connection connection(String name, Credentials credentials, Duration join) {
        return new Connection(
                name,
                "https://acme.zendesk.com",
                credentials,
                new Connection.Endpoints("t", "a"),
                new Connection.Lifetimes(Duration.ofMinutes(30), Duration.ofDays(30)),
                new Connection.Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20), join, Duration.ofMinutes(5)));
    }

    public EngineContext context(TaskScheduler engine) {
        return new EngineContext(() -> wall, () -> nanos, new Random(seed), engine, authorizer, listener, looks, true);
    }

    public static Credentials.Grant grant(String accessToken, String refreshToken) {
        return new Credentials.Grant(
                new OAuthClient("app", Secret.of("s")),
                "http://localhost:33333",
                "read write",
                new Credentials.Bootstrap(Secret.ofNullable(accessToken), Secret.ofNullable(refreshToken), null, null));
    }

    public void grants(String accessToken, String refreshToken, Duration lifetime) {
        outcomes.add(new TokenRequestOutcome.Granted(new TokenResponse(
                Secret.of(accessToken), Secret.ofNullable(refreshToken), null, lifetime, Duration.ofDays(30))));
    }

    /** What another process has stored meanwhile: the next generation of the same login. */
    public void siblingRotates(String accessToken, String refreshToken) {
        OAuthSettings before = stored.orElse(OAuthSettings.empty("https://acme.zendesk.com", "app"));
        stored = Optional.of(before.withNextTokens(pair(accessToken, refreshToken)));
    }

    /** What a login elsewhere has stored, counting from one again. */
    public void loginElsewhere(String accessToken, String refreshToken) {
        stored = Optional.of(OAuthSettings.empty("https://acme.zendesk.com", "app")
                .withNewLineage("another", pair(accessToken, refreshToken)));
    }

    private TokenPair pair(String accessToken, String refreshToken) {
        return new TokenPair(
                Secret.of(accessToken),
                Secret.of(refreshToken),
                null,
                wall,
                wall.plus(Duration.ofMinutes(30)),
                wall.plus(Duration.ofDays(30)));
    }

    String storedRefreshToken() {
        return stored.orElseThrow().refreshToken().reveal();
    }

    /** Lets time go by for both clocks, running what falls due. */
    public void pass(Duration time) {
        long end = nanos + time.toNanos();
        while (true) {
            Optional<Task> next =
                    tasks.stream().filter(task -> task.due <= end).min((a, b) -> Long.compare(a.due, b.due));
            if (next.isEmpty()) {
                break;
            }
            tasks.remove(next.get());
            moveTo(Math.max(nanos, next.get().due));
            next.get().work.run();
        }
        moveTo(end);
    }

    private void moveTo(long to) {
        wall = wall.plusNanos(to - nanos);
        nanos = to;
    }

    @Override
    public Cancellable hold(Runnable beforeExit) {
        holds++;
        return () -> holds--;
    }

    @Override
    public Cancellable after(Duration delay, Runnable work) {
        Task task = new Task(nanos + delay.toNanos(), work);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    @Override
    public void pause(Duration delay) {
        moveTo(nanos + delay.toNanos());
    }

    @Override
    public TokenRequestOutcome request(TokenRequest request) {
        requests.add(request);
        duringRequest.run();
        return outcomes.isEmpty() ? new TokenRequestOutcome.NotSent(new IOException("scripted")) : outcomes.poll();
    }

    @Override
    public TokenKnowledge describe(Secret accessToken) {
        descriptions++;
        duringDescription.run();
        return knowledge;
    }

    @Override
    public Map<String, Object> whoAmI(Secret authorizationHeader) {
        return identity;
    }

    @Override
    public void revoke(Secret accessToken) {}

    @Override
    public String identity() {
        return "test:" + System.identityHashCode(this);
    }

    @Override
    public Optional<OAuthSettings> load() {
        if (unreadable) {
            throw new SettingsStoreException("the disk cannot be read");
        }
        return stored;
    }

    @Override
    public boolean canLoseLock() {
        return canLoseLock;
    }

    @Override
    public Optional<Object> stamp() {
        return Optional.of(stored);
    }

    @Override
    public Optional<Watch> watch(Runnable changed) {
        return tellsOfChanges ? Optional.of(() -> {}) : Optional.empty();
    }

    @Override
    public Optional<SettingsTransaction> begin(Duration patience) {
        return begin(patience, this);
    }

    Optional<SettingsTransaction> begin(Duration patience, Object owner) {
        if (lockRefusals > 0 || holder != null) {
            lockRefusals = Math.max(0, lockRefusals - 1);
            moveTo(nanos + patience.toNanos());
            whenLockIsRefused.run();
            return Optional.empty();
        }
        whenLockIsTaken.run();
        holder = owner;
        return Optional.of(new Locked());
    }

    /** Frees the lock, and does not tell its holder. */
    public void breakLock() {
        holder = null;
        locks++;
    }

    private final class Locked implements SettingsTransaction {
        private final long since = nanos;
        private final int lock = ++locks;

        @Override
        public Optional<OAuthSettings> load() {
            return EngineFixture.this.load();
        }

        @Override
        public void save(OAuthSettings settings) {
            if (!isExclusive()) {
                throw new SettingsStoreException("the lock is lost");
            }
            if (refuseInterrupted && Thread.currentThread().isInterrupted()) {
                throw new SettingsStoreException("closed by interrupt");
            }
            if (savesThatWork-- <= 0) {
                failedSaves++;
                throw new SettingsStoreException("the disk is full");
            }
            stored = Optional.of(settings);
        }

        @Override
        public void reserve() {
            if (!hasSpace) {
                throw new SettingsStoreException("the disk is full");
            }
        }

        @Override
        public boolean isExclusive() {
            return lock == locks;
        }

        @Override
        public void close() {
            holder = isExclusive() ? null : holder;
            Duration hold = Duration.ofNanos(nanos - since);
            longestHold = hold.compareTo(longestHold) > 0 ? hold : longestHold;
        }
    }
}

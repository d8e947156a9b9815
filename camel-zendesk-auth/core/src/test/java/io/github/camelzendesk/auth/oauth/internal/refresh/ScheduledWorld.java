package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.OAuthClient;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.PollRateLimiter;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenResponse;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/** One manager whose attempts wait until a thread runs them. Time stands still. Thread-safe. */
final class ScheduledWorld implements InPlace, SettingsStore, AuthorizationServer {
    /** Of the two kinds that are renewed, the one that takes fewer steps. */
    private static final Credentials CREDENTIALS =
            new Credentials.ClientCredentials(new OAuthClient("app", Secret.of("s")), null);

    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger requests = new AtomicInteger();
    final DefaultTokenManager manager;
    private final Semaphore lock = new Semaphore(1);
    private final Queue<Runnable> attempts = new ConcurrentLinkedQueue<>();
    private volatile OAuthSettings stored = OAuthSettings.empty("https://acme.zendesk.com", "app");

    ScheduledWorld() {
        EngineContext context = new EngineContext(
                () -> EngineFixture.START,
                () -> 0,
                new Random(1),
                this,
                null,
                TokenListener.NONE,
                new PollRateLimiter(),
                true);
        manager = new DefaultTokenManager(
                EngineFixture.connection("acme", CREDENTIALS, EngineFixture.JOIN), this, this, context);
    }

    /** Runs one attempt; false when none waits. */
    boolean run() {
        Runnable attempt = attempts.poll();
        if (attempt != null) {
            attempt.run();
        }
        return attempt != null;
    }

    boolean isFree() {
        return lock.availablePermits() == 1;
    }

    @Override
    public void call(String account, Runnable attempt) {
        begun.incrementAndGet();
        attempts.add(attempt);
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        return () -> {};
    }

    @Override
    public void pause(Duration delay) {}

    @Override
    public TokenRequestOutcome request(TokenRequest request) {
        int number = requests.incrementAndGet();
        return new TokenRequestOutcome.Granted(
                new TokenResponse(Secret.of("a" + number), null, null, Duration.ofMinutes(30), null));
    }

    @Override
    public TokenKnowledge describe(Secret accessToken) {
        return TokenKnowledge.NONE;
    }

    @Override
    public Map<String, Object> whoAmI(Secret authorizationHeader) {
        return Map.of();
    }

    @Override
    public void revoke(Secret accessToken) {}

    @Override
    public String identity() {
        return "scheduled";
    }

    @Override
    public Optional<OAuthSettings> load() {
        return Optional.of(stored);
    }

    @Override
    public Optional<SettingsTransaction> begin(Duration patience) {
        lock.acquireUninterruptibly();
        return Optional.of(new Locked());
    }

    private final class Locked implements SettingsTransaction {
        @Override
        public Optional<OAuthSettings> load() {
            return Optional.of(stored);
        }

        @Override
        public void save(OAuthSettings settings) {
            stored = settings;
        }

        @Override
        public void close() {
            lock.release();
        }
    }
}

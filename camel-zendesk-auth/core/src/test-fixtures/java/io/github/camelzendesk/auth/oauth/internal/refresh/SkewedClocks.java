package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;

import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenResponse;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

import static org.assertj.core.api.Assertions.assertThat;

/** Two processes of one grant whose clocks differ, on stores of any kind and on the time of an {@link EngineFixture}. */
public final class SkewedClocks {
    private static final Duration STEP = Duration.ofMillis(3300);
    private static final Duration LATENCY = Duration.ofMillis(200);
    private static final Credentials.Grant GRANT = EngineFixture.grant(null, "r0");

    private final EngineFixture world = new EngineFixture();
    private final Duration lifetime;
    private int sent;

    private SkewedClocks(Duration lifetime) {
        this.lifetime = lifetime;
    }

    /** For stores of settings of this grant. */
    public static SettingsCodec codec() {
        return SettingsCodec.of(GRANT.owner("https://acme.zendesk.com"), null);
    }

    /** @param stores opens the place of this number, as another process each time */
    public static void rotateAsOftenAsClocksThatAgree(
            Duration lifetime, Duration skew, IntFunction<SettingsStore> stores) {
        int agreeing = rotations("two-clocks", lifetime, Duration.ZERO, stores.apply(1), stores.apply(1));
        int differing = rotations("two-clocks", lifetime, skew, stores.apply(2), stores.apply(2));

        // One more at the start: a first sight of a token that is dead or from the future by the clock here.
        assertThat(agreeing).isGreaterThan(7);
        assertThat(differing).isBetween(agreeing - 1, agreeing + 2);
    }

    /** Ten lifetimes of calls in both. */
    static int rotations(
            String name, Duration lifetime, Duration skew, SettingsStore storeOfOne, SettingsStore storeOfOther) {
        SkewedClocks clocks = new SkewedClocks(lifetime);
        try (DefaultTokenManager one = clocks.manager(name, new Process(storeOfOne, "one"), skew);
                DefaultTokenManager other = clocks.manager(name, new Process(storeOfOther, "other"), Duration.ZERO)) {
            one.start();
            other.start();
            for (long step = 0; step < lifetime.multipliedBy(10).dividedBy(STEP); step++) {
                assertThat(one.authorization()).isCompleted();
                assertThat(other.authorization()).isCompleted();
                clocks.world.pass(STEP);
            }
        }
        return clocks.sent;
    }

    private DefaultTokenManager manager(String name, SettingsStore store, Duration skew) {
        InstantSource clock = () -> world.wall.plus(skew);
        return new DefaultTokenManager(
                EngineFixture.connection(name, GRANT, EngineFixture.JOIN),
                store,
                new Issuing(),
                new EngineContext(
                        clock, () -> world.nanos, new Random(7), world, null, TokenListener.NONE, world.looks, true));
    }

    /** Always issues the next tokens, after a while. */
    private final class Issuing implements AuthorizationServer {
        @Override
        public TokenRequestOutcome request(TokenRequest request) {
            sent++;
            world.pause(LATENCY);
            return new TokenRequestOutcome.Granted(new TokenResponse(
                    Secret.of("a" + sent), Secret.of("r" + sent), null, lifetime, Duration.ofDays(30)));
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
    }

    /** A store as another process has it: managers of this JVM do not tell each other. It is polled, in place. */
    private record Process(SettingsStore store, String name) implements SettingsStore {
        @Override
        public String identity() {
            return store.identity() + "#" + name;
        }

        @Override
        public Optional<OAuthSettings> load() {
            return store.load();
        }

        @Override
        public Optional<Object> stamp() {
            // A store that tells of changes may have no stamp; its content is one.
            return store.stamp().or(() -> store.load().map(settings -> settings));
        }

        @Override
        public Optional<SettingsTransaction> begin(Duration patience) throws InterruptedException {
            return store.begin(patience);
        }

        @Override
        public boolean canLoseLock() {
            return store.canLoseLock();
        }
    }
}

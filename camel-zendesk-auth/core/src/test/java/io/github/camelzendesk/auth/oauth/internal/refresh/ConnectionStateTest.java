package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ConnectionState;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConnectionStateTest {
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private final EngineFixture world = new EngineFixture();

    @Test
    void credentialsThatNeverChangeAreReady() {
        DefaultTokenManager manager = world.manager(new Credentials.StaticToken(Secret.of("a")));

        shows(ConnectionState.READY, manager);
    }

    @Test
    void aGrantIsIdleUntilItIsUsedAndAgainWhenItsTokenHasEnded() {
        world.grants("a1", "r1", HALF_AN_HOUR);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.start();
        shows(ConnectionState.IDLE, manager);

        manager.refresh().join();
        shows(ConnectionState.READY, manager);
        world.pass(HALF_AN_HOUR);
        shows(ConnectionState.IDLE, manager);
    }

    @Test
    void aRequestThatIsUnderWayIsShownBesideTheState() {
        List<Object> seen = new ArrayList<>();
        world.grants("a1", "r1", HALF_AN_HOUR);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        world.duringRequest = () -> {
            shows(ConnectionState.IDLE, manager);
            seen.add(manager.status().asMap().get("refreshing"));
        };

        manager.refresh().join();

        assertThat(seen).containsExactly(true);
        assertThat(manager.status().asMap()).doesNotContainKey("refreshing");
    }

    @Test
    void aFailureCountsUntilTheNextCallMayTry() {
        world.outcomes.add(new TokenRequestOutcome.Unavailable("status 429", Duration.ofSeconds(30)));
        world.grants("a1", "r1", HALF_AN_HOUR);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        call(manager);
        shows(ConnectionState.FAILING, manager);

        world.pass(Duration.ofSeconds(31));
        shows(ConnectionState.IDLE, manager);
        call(manager);
        shows(ConnectionState.READY, manager);
    }

    @Test
    void aFailureDoesNotCountWhileTheTokenIsValid() {
        world.grants("a1", "r1", HALF_AN_HOUR);
        world.outcomes.add(new TokenRequestOutcome.Unavailable("status 429", Duration.ofMinutes(50)));
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        call(manager);
        assertThatThrownBy(() -> manager.refresh().join()).hasCauseInstanceOf(TokenEndpointUnavailable.class);
        shows(ConnectionState.READY, manager);

        world.pass(HALF_AN_HOUR);
        shows(ConnectionState.FAILING, manager);
    }

    @Test
    void aGrantThatIsOverTakesAPersonUntilALoginElsewhereIsNoticed() {
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.start();
        call(manager);
        shows(ConnectionState.AUTHORIZATION_REQUIRED, manager);

        // The settings have changed by the note of it, and are looked at for that.
        world.pass(Duration.ofMinutes(1));
        shows(ConnectionState.AUTHORIZATION_REQUIRED, manager);
        world.loginElsewhere("a9", "r9");
        world.pass(Duration.ofSeconds(2));
        shows(ConnectionState.IDLE, manager);
        call(manager);
        shows(ConnectionState.READY, manager);
    }

    @Test
    void aGrantThatIsOverTakesAPersonEvenBeforeItsLastTokenEnds() {
        world.grants("a1", "r1", HALF_AN_HOUR);
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.start();
        call(manager);
        assertThatThrownBy(() -> manager.refresh().join()).hasCauseInstanceOf(AuthorizationRequired.class);
        world.pass(Duration.ofSeconds(2));

        shows(ConnectionState.AUTHORIZATION_REQUIRED, manager);
    }

    /** An operator who asks for a refresh, and then for the health, must not see the outcome before it. */
    @Test
    void theOutcomeIsKnownBeforeItsCallersHearOfIt() {
        world.grants("a1", "r1", HALF_AN_HOUR);
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        Hearing engine = new Hearing();
        engine.manager = world.manager(EngineFixture.grant(null, "r0"), world, world, engine);
        engine.manager.start();
        call(engine.manager);
        assertThatThrownBy(() -> engine.manager.refresh().join()).hasCauseInstanceOf(AuthorizationRequired.class);

        assertThat(engine.heard.get(0)).startsWith("succeeded at ");
        assertThat(engine.heard.get(engine.heard.size() - 1)).startsWith("AuthorizationRequired at ");
    }

    /** Notes the outcome that callers find when they hear. */
    private final class Hearing implements InTheWorld {
        private final List<String> heard = new ArrayList<>();
        private DefaultTokenManager manager;

        @Override
        public <T> void complete(CompletableFuture<T> future, T value, Throwable error) {
            heard.add(manager.status().asMap().get("lastOutcome").toString());
            InTheWorld.super.complete(future, value, error);
        }

        @Override
        public EngineFixture world() {
            return world;
        }
    }

    @Test
    void whereNobodyHasLoggedInAPersonMustAndThenItIsReady() {
        world.grants("a1", "r1", HALF_AN_HOUR);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, null));
        manager.start();
        shows(ConnectionState.AUTHORIZATION_REQUIRED, manager);

        manager.exchangeCode(new AuthorizationCode(Secret.of("c"), Secret.of("v")))
                .join();
        shows(ConnectionState.READY, manager);
    }

    @Test
    void aGrantThatWasRevokedTakesAPerson() {
        world.grants("a1", "r1", HALF_AN_HOUR);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.revoke().join();

        shows(ConnectionState.AUTHORIZATION_REQUIRED, manager);
    }

    @Test
    void tokensThatAreNotStoredCountMoreThanThatTheyAreValid() {
        world.grants("a1", "r1", HALF_AN_HOUR);
        world.savesThatWork = 1;
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        call(manager);
        shows(ConnectionState.DIRTY, manager);

        world.savesThatWork = Integer.MAX_VALUE;
        world.pass(Duration.ofMinutes(2));
        shows(ConnectionState.READY, manager);
    }

    @Test
    void askingReadsNoSettingsAndIsNoUseOfTheToken() {
        CountingStore store = new CountingStore(world);
        world.grants("a1", "r1", HALF_AN_HOUR);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"), world, store, world);
        manager.refresh().join();
        int before = store.looks;

        assertThat(before).isPositive();
        assertThat(manager.state()).isEqualTo(ConnectionState.READY);
        assertThat(store.looks).isEqualTo(before);
        assertThat(manager.current().wasUsed()).isFalse();
    }

    /** From memory, and to those who read the settings, too. */
    private static void shows(ConnectionState state, DefaultTokenManager manager) {
        assertThat(manager.state()).isEqualTo(state);
        assertThat(manager.status().state()).isEqualTo(state);
    }

    private static void call(DefaultTokenManager manager) {
        try {
            manager.authorization().join();
        } catch (CompletionException e) {
            assertThat(e).hasCauseInstanceOf(ZendeskAuthException.class);
        }
    }

    private static final class CountingStore implements SettingsStore {
        private final EngineFixture world;
        private int looks;

        CountingStore(EngineFixture world) {
            this.world = world;
        }

        @Override
        public String identity() {
            return world.identity();
        }

        @Override
        public Optional<OAuthSettings> load() {
            looks++;
            return world.load();
        }

        @Override
        public Optional<Object> stamp() {
            looks++;
            return world.stamp();
        }

        @Override
        public Optional<SettingsTransaction> begin(Duration patience) {
            looks++;
            return world.begin(patience);
        }
    }
}

package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ConnectionState;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.TokenEvent;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TokenListenerTest {
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private final EngineFixture world = new EngineFixture();
    private final List<TokenEvent> told = new ArrayList<>();

    TokenListenerTest() {
        world.listener = told::add;
    }

    @Test
    void aRotationIsToldAfterItIsStoredPublishedAndUnlocked() {
        DefaultTokenManager[] manager = new DefaultTokenManager[1];
        List<String> seen = new ArrayList<>();
        world.listener = event -> seen.add(world.storedRefreshToken() + " " + (manager[0].fresh() != null) + " "
                + (world.holder == null) + " " + manager[0].status().asMap().get("state"));
        world.grants("a1", "r1", HALF_AN_HOUR);
        manager[0] = world.manager(EngineFixture.grant(null, "r0"));
        manager[0].authorization().join();

        assertThat(seen).containsExactly("r1 true true READY");
    }

    @Test
    void aRotationIsToldWithItsGenerationItsEndAndItsDuration() {
        world.grants("a1", "r1", HALF_AN_HOUR);
        world.duringRequest = () -> world.pause(Duration.ofSeconds(3));
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.authorization().join();

        assertThat(told).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(TokenEvent.Kind.REFRESHED);
            assertThat(event.connection()).isEqualTo("acme");
            assertThat(event.generation()).isEqualTo(manager.current().generation());
            assertThat(event.expiresAt()).isEqualTo(EngineFixture.START.plus(HALF_AN_HOUR));
            assertThat(event.refreshTokenExpiresAt()).isEqualTo(EngineFixture.START.plus(Duration.ofDays(30)));
            assertThat(event.duration()).isEqualTo(Duration.ofSeconds(3));
            assertThat(event.error()).isNull();
            assertThat(event.toString()).doesNotContain("a1", "r1", "r0");
        });
    }

    @Test
    void aListenerThatThrowsDisturbsNothing() {
        world.listener = event -> {
            throw new AssertionError("scripted");
        };
        world.grants("a1", "r1", HALF_AN_HOUR);
        world.grants("a2", "r2", HALF_AN_HOUR);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.authorization().join();

        assertThat(manager.refresh().join().asMap()).containsEntry("state", "READY");
        assertThat(manager.fresh().headerValue()).isEqualTo("Bearer a2");
        assertThat(world.storedRefreshToken()).isEqualTo("r2");
    }

    @Test
    void anEventIsToldThoughTheListenerThrewAnErrorOnTheOneBefore() {
        world.listener = event -> {
            told.add(event);
            throw new StackOverflowError("scripted");
        };
        world.grants("a1", "r1", HALF_AN_HOUR);
        world.grants("a2", "r2", HALF_AN_HOUR);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.authorization().join();
        manager.refresh().join();

        assertThat(told)
                .filteredOn(event -> event.kind() == TokenEvent.Kind.REFRESHED)
                .extracting(TokenEvent::generation)
                .containsExactly(2L, 3L);
    }

    @Test
    void aListenerThatThrowsOnAFailureDisturbsNeitherTheErrorNorTheNextAttempt() {
        world.listener = event -> {
            throw new IllegalStateException("scripted");
        };
        world.outcomes.add(new TokenRequestOutcome.Unavailable("status 503", null));
        world.grants("a1", "r1", HALF_AN_HOUR);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));

        assertThatThrownBy(() -> manager.authorization().join()).hasCauseInstanceOf(TokenEndpointUnavailable.class);
        world.pass(Duration.ofMinutes(2));
        assertThat(manager.authorization().join().headerValue()).isEqualTo("Bearer a1");
    }

    @Test
    void aListenerMayCallTheManager() {
        DefaultTokenManager[] manager = new DefaultTokenManager[1];
        world.listener = event -> {
            if (told.isEmpty()) {
                told.add(event);
                manager[0].refresh().join();
            } else {
                told.add(event);
            }
        };
        world.grants("a1", "r1", HALF_AN_HOUR);
        world.grants("a2", "r2", HALF_AN_HOUR);
        manager[0] = world.manager(EngineFixture.grant(null, "r0"));
        manager[0].authorization().join();

        assertThat(told)
                .filteredOn(event -> event.kind() == TokenEvent.Kind.REFRESHED)
                .extracting(TokenEvent::generation)
                .containsExactly(2L, 3L);
    }

    @Test
    void eachFailedAttemptIsTold() {
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> manager.authorization().join()).hasCauseInstanceOf(TokenEndpointUnavailable.class);
            world.pass(Duration.ofMinutes(2));
        }
        assertThat(told).extracting(TokenEvent::kind).containsOnly(TokenEvent.Kind.FAILED);
        assertThat(told).hasSize(2).allSatisfy(event -> assertThat(event.error())
                .isInstanceOf(TokenEndpointUnavailable.class));
    }

    @Test
    void thatAPersonMustLogInIsToldOnceHoweverOftenCallsMeetIt() {
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        for (int call = 0; call < 5; call++) {
            assertThatThrownBy(() -> manager.authorization().join()).hasCauseInstanceOf(AuthorizationRequired.class);
            world.pass(Duration.ofSeconds(5));
        }
        assertThat(told).extracting(TokenEvent::kind).containsExactly(TokenEvent.Kind.AUTHORIZATION_REQUIRED);
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void tokensThatCannotBeStoredAreToldAndSoIsThatTheyAreStoredAtLast() {
        world.grants("a1", "r1", HALF_AN_HOUR);
        world.savesThatWork = 1;
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.authorization().join();
        world.pass(Duration.ofMinutes(2));
        assertThat(told)
                .extracting(TokenEvent::kind)
                .containsExactly(TokenEvent.Kind.REFRESHED, TokenEvent.Kind.SETTINGS_DIRTY);

        world.savesThatWork = Integer.MAX_VALUE;
        world.pass(Duration.ofMinutes(2));
        assertThat(told).last().extracting(TokenEvent::kind).isEqualTo(TokenEvent.Kind.SETTINGS_STORED);
        assertThat(told).hasSize(3);
    }

    @Test
    void tokensThatAnotherProcessBroughtAreTold() {
        world.grants("a1", "r1", HALF_AN_HOUR);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.start();
        manager.authorization().join();
        world.siblingRotates("a2", "r2");
        world.pass(Duration.ofSeconds(3));

        assertThat(told)
                .extracting(TokenEvent::kind)
                .containsExactly(TokenEvent.Kind.REFRESHED, TokenEvent.Kind.ADOPTED);
        assertThat(manager.fresh().headerValue()).isEqualTo("Bearer a2");
    }

    @Test
    void aTokenRequestIsToldWhenItBeginsAndWhenItEnds() {
        List<String> seen = new ArrayList<>();
        Requests requests = (connection, grantType) -> {
            seen.add(connection + " " + grantType);
            return seen::add;
        };
        world.listener = requests;
        world.duringRequest = () -> seen.add("under way");
        world.grants("a1", "r1", HALF_AN_HOUR);
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));

        manager.refresh().join();
        assertThatThrownBy(() -> manager.refresh().join()).hasCauseInstanceOf(AuthorizationRequired.class);

        assertThat(seen)
                .containsExactly(
                        "acme refresh_token", "under way", "GRANTED", "acme refresh_token", "under way", "REJECTED");
    }

    @Test
    void aListenerThatFailsAtTheBeginOrTheEndOfARequestCostsNoToken() {
        Requests begin = (connection, grantType) -> failed();
        Requests end = (connection, grantType) -> outcome -> failed();
        for (Requests failing : List.of(begin, end)) {
            EngineFixture one = new EngineFixture();
            one.listener = failing;
            one.grants("a1", "r1", HALF_AN_HOUR);

            assertThat(one.manager(EngineFixture.grant(null, "r0"))
                            .refresh()
                            .join()
                            .state())
                    .isEqualTo(ConnectionState.READY);
        }
    }

    private static Consumer<String> failed() {
        throw new IllegalStateException("a listener's own");
    }

    /** Listens to requests only. */
    private interface Requests extends TokenListener {
        @Override
        Consumer<String> requesting(String connection, String grantType);

        @Override
        default void happened(TokenEvent event) {}
    }

    @Test
    void aShortfallIsOverWhenTheNextCallerMayTry() {
        world.outcomes.add(new TokenRequestOutcome.Unavailable("status 429", Duration.ofSeconds(30)));
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        assertThatThrownBy(() -> manager.authorization().join()).hasCauseInstanceOf(TokenEndpointUnavailable.class);
        assertThat(manager.status().asMap()).containsKey("shortfall");

        world.pass(Duration.ofSeconds(31));
        assertThat(manager.status().asMap()).doesNotContainKey("shortfall").containsEntry("state", "IDLE");
    }

    @Test
    void aShortfallLastsWhileATokenInUseIsTriedForAgain() {
        world.grants("a1", "r1", HALF_AN_HOUR);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.authorization().join();
        manager.fresh();
        world.pass(Duration.ofMinutes(29));
        assertThat(manager.status().asMap()).doesNotContainKey("shortfall");

        for (int minute = 0; minute < 60; minute++) {
            world.pass(Duration.ofMinutes(1));
            assertThat(manager.status().asMap()).containsKey("shortfall");
        }
        world.grants("a2", "r2", HALF_AN_HOUR);
        world.pass(Duration.ofMinutes(2));
        assertThat(manager.status().asMap()).doesNotContainKey("shortfall").containsEntry("state", "READY");
    }
}

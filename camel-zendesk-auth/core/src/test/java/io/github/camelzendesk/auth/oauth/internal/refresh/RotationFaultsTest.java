package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.OAuthClient;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.oauth.internal.wire.Lifespan;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenResponse;
import io.github.camelzendesk.auth.settings.Backoff;
import io.github.camelzendesk.auth.settings.EndedGrant;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What must hold when something goes wrong around one rotation, or somebody else is quicker. */
class RotationFaultsTest {
    private static final Duration LIFETIME = Duration.ofSeconds(1800);

    private final EngineFixture world = new EngineFixture();

    @Test
    void aRepetitionIsNotSentOnceTheLockIsLost() {
        world.duringRequest = world::breakLock;
        for (int attempt = 0; attempt < 3; attempt++) {
            world.outcomes.add(new TokenRequestOutcome.Ambiguous("no answer in time", true, null));
        }
        failure(world.manager(EngineFixture.grant(null, "r0")));

        assertThat(world.requests).hasSize(1);
    }

    @Test
    void anotherLoginOfALowerGenerationIsAdoptedAfterA401AndNothingIsSent() {
        DefaultTokenManager manager = authorized();
        world.grants("a2", "r2", LIFETIME);
        manager.refresh().join();
        world.loginElsewhere("b1", "s1");
        manager.reject(manager.authorization().join().generation());

        assertThat(bearer(manager)).isEqualTo("b1");
        assertThat(world.requests).hasSize(2);
    }

    @Test
    void anotherLoginOfALowerGenerationIsAdoptedWhileTheLockIsWaitedFor() {
        DefaultTokenManager manager = authorized();
        world.lockRefusals = 1;
        world.whenLockIsRefused = () -> world.loginElsewhere("b1", "s1");
        manager.reject(manager.authorization().join().generation());

        assertThat(bearer(manager)).isEqualTo("b1");
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void aSharedBackOffHoldsBackRestartsAndSiblingsOfAStoredGrant() {
        DefaultTokenManager manager = authorized();
        world.outcomes.add(new TokenRequestOutcome.Unavailable("status 429", Duration.ofSeconds(90)));
        manager.refresh().exceptionally(error -> null).join();
        world.wall = EngineFixture.START.plusSeconds(1900);
        world.stored = world.stored.map(
                settings -> settings.withBackoff(new Backoff(1, world.wall.plusSeconds(90), Duration.ofSeconds(90))));

        assertThat(failure(world.manager(EngineFixture.grant(null, "r0"))))
                .isInstanceOf(TokenEndpointUnavailable.class);
        assertThat(world.requests).hasSize(2);
        world.pass(Duration.ofSeconds(91));
        world.grants("a2", "r2", LIFETIME);
        assertThat(bearer(world.manager(EngineFixture.grant(null, "r0")))).isEqualTo("a2");
    }

    @Test
    void whatOneLoginOwesLeavesAnotherLoginThatWasStoredMeanwhileInPlace() {
        DefaultTokenManager manager = authorized();
        world.grants("a2", "r2", LIFETIME);
        world.savesThatWork = 1;
        manager.refresh().join();
        world.loginElsewhere("b1", "s1");
        world.savesThatWork = Integer.MAX_VALUE;
        world.pass(Duration.ofMinutes(2));

        assertThat(world.storedRefreshToken()).isEqualTo("s1");
        assertThat(manager.status().asMap()).containsEntry("settingsDirty", false);
    }

    @Test
    void whatIsStoredWhileALockIsNeverToBeHadIsAdoptedWithinASecond() {
        DefaultTokenManager manager = authorized();
        world.lockRefusals = Integer.MAX_VALUE;
        world.whenLockIsRefused = () -> world.siblingRotates("a2", "r2");
        manager.reject(manager.authorization().join().generation());
        long before = world.nanos;

        assertThat(bearer(manager)).isEqualTo("a2");
        assertThat(Duration.ofNanos(world.nanos - before)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void afterInvalidGrantAnotherLoginOfALowerGenerationIsTakenOver() {
        DefaultTokenManager manager = authorized();
        world.grants("a2", "r2", LIFETIME);
        manager.refresh().join();
        world.duringRequest = () -> world.loginElsewhere("b1", "s1");
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        manager.refresh().join();

        assertThat(bearer(manager)).isEqualTo("b1");
        assertThat(world.storedRefreshToken()).isEqualTo("s1");
    }

    @Test
    void aRequestThatWasRefusedForItsClientLeavesNoDoubtAboutTheGrant() {
        DefaultTokenManager manager = authorized();
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_client", null));
        manager.refresh().exceptionally(error -> null).join();
        assertThat(world.stored.orElseThrow().pending()).isNull();
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));

        assertThatThrownBy(() -> manager.refresh().join())
                .cause()
                .isInstanceOfSatisfying(AuthorizationRequired.class, over -> assertThat(over.reason())
                        .isEqualTo(AuthorizationRequired.Reason.REFUSED));
    }

    @Test
    void aNoteIsWithdrawnWhenThereIsNoSpaceForTheAnswer() {
        DefaultTokenManager manager = authorized();
        world.hasSpace = false;

        assertThatThrownBy(() -> manager.refresh().join()).hasCauseInstanceOf(SettingsUnavailable.class);
        assertThat(world.stored.orElseThrow().pending()).isNull();
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void anAnswerWithoutAScopeKeepsTheStoredScope() {
        world.outcomes.add(new TokenRequestOutcome.Granted(
                new TokenResponse(Secret.of("a1"), Secret.of("r1"), "read write", LIFETIME, Duration.ofDays(30))));
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.authorization().join();
        world.grants("a2", "r2", LIFETIME);
        manager.refresh().join();

        assertThat(manager.status().asMap()).containsEntry("scope", "read write");
        assertThat(world.stored.map(OAuthSettings::tokens).orElseThrow().scope())
                .isEqualTo("read write");
    }

    @Test
    void aRevocationThatZendeskDidNotAnswerLeavesTheGrantWhereItIs() {
        RefusingRevocation server = new RefusingRevocation(world);
        world.grants("a1", "r1", LIFETIME);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"), server);
        manager.authorization().join();

        assertThatThrownBy(() -> manager.revoke().join()).hasCauseInstanceOf(TokenEndpointUnavailable.class);
        assertThat(world.storedRefreshToken()).isEqualTo("r1");
        assertThat(bearer(manager)).isEqualTo("a1");
    }

    @Test
    void aRevocationOfAGrantThatIsOverErasesItAndSaysSo() {
        DefaultTokenManager manager = authorized();
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        manager.refresh().exceptionally(error -> null).join();
        world.pass(Duration.ofHours(1));

        assertThat(manager.revoke().join().asMap()).containsEntry("authorizationRequired", "REVOKED");
        assertThat(world.stored.orElseThrow().tokens()).isNull();
    }

    @Test
    void aRevocationThatCannotBeErasedEndsTheTokenHereAndIsErasedLater() {
        DefaultTokenManager manager = authorized();
        world.savesThatWork = 0;

        assertThatThrownBy(() -> manager.revoke().join()).hasCauseInstanceOf(SettingsUnavailable.class);
        assertThat(manager.fresh()).isNull();
        assertThat(failure(manager)).isInstanceOf(AuthorizationRequired.class);
        world.savesThatWork = Integer.MAX_VALUE;
        world.pass(Duration.ofMinutes(2));

        assertThat(world.stored.orElseThrow().tokens()).isNull();
    }

    @Test
    void tokensThatAreOwedAreNotSavedAgainOnceTheyAreRevoked() {
        world.savesThatWork = 1;
        DefaultTokenManager manager = authorized();
        manager.revoke().exceptionally(error -> null).join();
        world.savesThatWork = Integer.MAX_VALUE;
        world.pass(Duration.ofMinutes(2));

        assertThat(world.stored.orElseThrow().tokens()).isNull();
    }

    @Test
    void aGrantThatAnotherRevokedDuringTheExchangeTakesAPerson() {
        DefaultTokenManager manager = authorized();
        world.duringRequest = () -> world.stored = world.stored.map(
                settings -> settings.withNextTokens(null).withEnded(new EndedGrant("", "REVOKED", world.wall)));
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));

        assertThatThrownBy(() -> manager.refresh().join()).hasCauseInstanceOf(AuthorizationRequired.class);
    }

    @Test
    void whatOneConnectionOwesIsNotForgottenForAnotherOfTheSamePlace() {
        world.savesThatWork = 1;
        authorized();
        world.stored = Optional.empty();
        world.savesThatWork = Integer.MAX_VALUE;
        DefaultTokenManager other = world.manager(new Credentials.Grant(
                new OAuthClient("other", Secret.of("s")),
                "http://localhost:33333",
                "read write",
                new Credentials.Bootstrap(null, Secret.of("q0"), null, null)));

        assertThat(failure(other)).isInstanceOf(SettingsUnavailable.class);
        world.pass(Duration.ofMinutes(2));

        assertThat(world.storedRefreshToken()).isEqualTo("r1");
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void aGrantThatIsOverCostsNoLockHoweverManyCallsThereAre() {
        DefaultTokenManager manager = authorized();
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        manager.refresh().exceptionally(error -> null).join();
        world.wall = EngineFixture.START.plusSeconds(1900);
        List<Object> locks = new ArrayList<>();
        world.whenLockIsTaken = () -> locks.add(this);
        for (int second = 0; second < 60; second++) {
            failure(manager);
            world.pass(Duration.ofSeconds(2));
        }

        assertThat(locks).isEmpty();
        assertThat(world.requests).hasSize(2);
    }

    @Test
    void anUnknownExpiryIsAskedForWithoutTheLockAfterTheNewTokenServesAndStoredForOthers() {
        world.outcomes.add(
                new TokenRequestOutcome.Granted(new TokenResponse(Secret.of("a1"), Secret.of("r1"), null, null, null)));
        world.knowledge = new AuthorizationServer.TokenKnowledge(
                false, new Lifespan(EngineFixture.START, EngineFixture.START.plus(LIFETIME)));
        List<String> asked = new ArrayList<>();
        DefaultTokenManager[] manager = new DefaultTokenManager[1];
        world.duringDescription = () -> asked.add(world.holder + " " + manager[0].fresh());
        manager[0] = world.manager(EngineFixture.grant(null, "r0"));
        manager[0].authorization().join();

        assertThat(asked).singleElement().asString().startsWith("null Authorization[generation");
        assertThat(world.stored.orElseThrow().tokens().expiresAt()).isEqualTo(EngineFixture.START.plus(LIFETIME));
        assertThat(bearer(world.manager(EngineFixture.grant(null, "r0")))).isEqualTo("a1");
        assertThat(world.descriptions).as("nobody asks again").isEqualTo(1);
    }

    private record RefusingRevocation(EngineFixture world) implements AuthorizationServer {
        @Override
        public TokenRequestOutcome request(TokenRequest request) {
            return world.request(request);
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
        public void revoke(Secret accessToken) {
            throw new TokenEndpointUnavailable("status 503", null, new IOException("503"));
        }
    }

    private DefaultTokenManager authorized() {
        world.grants("a1", "r1", LIFETIME);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.authorization().join();
        return manager;
    }

    private static String bearer(DefaultTokenManager manager) {
        return manager.authorization().join().headerValue().substring("Bearer ".length());
    }

    private static Throwable failure(DefaultTokenManager manager) {
        return catchThrowable(() -> manager.authorization().join()).getCause();
    }
}

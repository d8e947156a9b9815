package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.PendingExchange;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.TokenPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tokens and codes that the configuration brings, beside what is stored. */
class ConfiguredGrantTest {
    private static final Duration LIFETIME = Duration.ofSeconds(1800);

    private final EngineFixture world = new EngineFixture();

    /** Fresh by their configured times, of unknown expiry, with a refresh token and without. */
    @ParameterizedTest
    @CsvSource({"stale-a, stale-r, true", "stale-a, stale-r, false", "stale-a, , true", "stale-a, , false"})
    void aConfiguredGrantNeverReplacesALivingStoredOneWithoutASuccessfulExchange(
            String access, String refresh, boolean dated) {
        world.loginElsewhere("good-a", "good-r");
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        DefaultTokenManager manager = world.manager(grant(access, refresh, dated, null));

        assertThat(bearer(manager)).isEqualTo("good-a");
        assertThat(world.storedRefreshToken()).isEqualTo("good-r");
    }

    @Test
    void aConfiguredGrantReplacesOneThatIsOver() {
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        DefaultTokenManager first = world.manager(EngineFixture.grant(null, "r0"));
        first.authorization().exceptionally(error -> null).join();

        assertThat(bearer(world.manager(grant("new-a", null, true, null)))).isEqualTo("new-a");
    }

    @Test
    void aLoginComesAfterTheTokenThatWasConfiguredWhenItWasMade() {
        world.grants("login-a", "login-r", LIFETIME);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.exchangeCode(new AuthorizationCode(Secret.of("code"), Secret.of("verifier")))
                .join();
        world.pass(LIFETIME);
        world.grants("a2", "r2", LIFETIME);
        assertThat(bearer(manager)).isEqualTo("a2");

        assertThat(((TokenRequest.Refresh) world.requests.get(1)).refreshToken().reveal())
                .isEqualTo("login-r");
    }

    @Test
    void aManagerThatIsRefusedForAnotherGrantInItsPlaceKeepsNoThreads() {
        DefaultTokenManager first = world.manager(EngineFixture.grant(null, "r0"));
        first.start();
        DefaultTokenManager second = world.manager(EngineFixture.grant(null, "another"));

        assertThatThrownBy(second::start).isInstanceOf(ConfigurationRefused.class);
        first.close();

        assertThat(world.holds).isZero();
    }

    @Test
    void thatAreRefusedLeaveTheDoubtAboutTheStoredGrantWhereItIs() {
        world.loginElsewhere("good-a", "good-r");
        world.stored = world.stored.map(settings -> settings.withPending(new PendingExchange(
                settings.refreshToken().fingerprint(), 2, EngineFixture.START.minusSeconds(60), "process 7")));
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        DefaultTokenManager manager = world.manager(grant(null, "stale-r", false, null));
        assertThat(bearer(manager)).isEqualTo("good-a");
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));

        assertThatThrownBy(() -> manager.refresh().join())
                .cause()
                .isInstanceOfSatisfying(AuthorizationRequired.class, over -> assertThat(over.reason())
                        .isEqualTo(AuthorizationRequired.Reason.RESPONSE_LOST));
    }

    @Test
    void aCrashInTheRequestWithAConfiguredTokenLeavesTheDoubtAboutTheStoredGrantToo() {
        world.loginElsewhere("good-a", "good-r");
        world.pass(LIFETIME);
        world.stored = world.stored.map(settings -> settings.withPending(new PendingExchange(
                settings.refreshToken().fingerprint(), 2, EngineFixture.START.minusSeconds(60), "process 7")));
        List<OAuthSettings> noted = new ArrayList<>();
        world.duringRequest = () -> noted.add(world.stored.orElseThrow());
        world.manager(grant(null, "stale-r", false, null))
                .authorization()
                .exceptionally(error -> null)
                .join();
        world.stored = Optional.of(noted.get(0));
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));

        assertThatThrownBy(() -> world.manager(grant(null, "stale-r", false, null))
                        .authorization()
                        .join())
                .cause()
                .isInstanceOfSatisfying(AuthorizationRequired.class, over -> assertThat(over.reason())
                        .isEqualTo(AuthorizationRequired.Reason.RESPONSE_LOST));
    }

    static List<TokenRequestOutcome> nothingSpent() {
        return List.of(
                new TokenRequestOutcome.NotSent(new IOException("no DNS")),
                new TokenRequestOutcome.Unavailable("status 503", Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @MethodSource("nothingSpent")
    void aPastedCodeThatWasNotSpentIsSentAgain(TokenRequestOutcome first) {
        world.outcomes.add(first);
        DefaultTokenManager manager = world.manager(grant(null, null, false, code("pasted")));
        manager.authorization().exceptionally(error -> null).join();
        world.pass(Duration.ofSeconds(5));
        world.grants("a1", "r1", LIFETIME);

        assertThat(bearer(manager)).isEqualTo("a1");
        assertThat(world.requests).hasSize(2);
    }

    static List<TokenRequestOutcome> perhapsSpent() {
        return List.of(
                new TokenRequestOutcome.Ambiguous("no answer", false, null),
                new TokenRequestOutcome.Unparsed(new byte[] {'x'}, "no JSON"),
                new TokenRequestOutcome.Rejected("invalid_grant", null));
    }

    @ParameterizedTest
    @MethodSource("perhapsSpent")
    void aPastedCodeThatMayBeSpentIsNeverSentAgainNotEvenAfterARestart(TokenRequestOutcome first) {
        world.outcomes.add(first);
        world.manager(grant(null, null, false, code("pasted")))
                .authorization()
                .exceptionally(error -> null)
                .join();
        world.pass(Duration.ofHours(1));

        assertThatThrownBy(() -> world.manager(grant(null, null, false, code("pasted")))
                        .authorization()
                        .join())
                .hasCauseInstanceOf(AuthorizationRequired.class);
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void aCodeThatWasExchangedIsNeverSentAgainWhicheverWayItComesIn() {
        world.grants("a1", "r1", LIFETIME);
        DefaultTokenManager manager = world.manager(grant(null, null, false, code("once")));
        assertThat(bearer(manager)).isEqualTo("a1");

        assertThatThrownBy(() -> manager.exchangeCode(code("once")).join())
                .cause()
                .isInstanceOf(AuthorizationRequired.class)
                .hasMessageContaining("was exchanged before, and is not sent again")
                .hasMessageContaining("operation=authorizationUrl");
        assertThat(world.requests).hasSize(1);
        assertThat(bearer(manager)).isEqualTo("a1");
        assertThat(world.storedRefreshToken()).isEqualTo("r1");
    }

    /** A process that dies between the sending and the answer has left the mark. */
    @Test
    void aCodeIsMarkedAsSeenBeforeItIsSent() {
        world.duringRequest = () -> assertThat(world.stored.orElseThrow().seenRefreshTokens())
                .contains(Secret.of("c").fingerprint());
        world.grants("a1", "r1", LIFETIME);
        world.manager(EngineFixture.grant(null, null)).exchangeCode(code("c")).join();

        assertThat(world.requests).hasSize(1);
    }

    @Test
    void aGrantThatWasTriedIsNotTriedAgainForANewerOneWhoseWriterKnowsNothingOfIt() {
        world.loginElsewhere("g1", "g1");
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        writtenDuringTheRequest("b1");

        assertThat(bearer(world.manager(grant(null, "c", false, null)))).isEqualTo("b1");
        assertThat(sent()).containsExactly("c");
    }

    @Test
    void afterARestartTooANewerGrantIsTakenWithoutSendingTheConfiguredOne() {
        world.grants("a1", "r1", LIFETIME);
        try (DefaultTokenManager first = world.manager(grant(null, "c", false, null))) {
            assertThat(bearer(first)).isEqualTo("a1");
        }
        world.pass(Duration.ofHours(1));
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        writtenDuringTheRequest("b1");

        assertThat(bearer(world.manager(grant(null, "c", false, null)))).isEqualTo("b1");
        assertThat(sent()).containsExactly("c", "r1");
    }

    @Test
    void aNewAccessTokenTakesThePlaceOfOneThatHasEndedAndCannotBeRefreshed() {
        try (DefaultTokenManager first = world.manager(grant("a1", null, true, null))) {
            assertThat(bearer(first)).isEqualTo("a1");
        }
        world.pass(Duration.ofHours(1));

        assertThat(bearer(world.manager(grant("a2", null, false, null)))).isEqualTo("a2");
    }

    /** As with a text editor, or by an application with another configuration. */
    private void writtenDuringTheRequest(String accessToken) {
        world.duringRequest = () -> {
            world.duringRequest = () -> {};
            OAuthSettings empty = OAuthSettings.empty("https://acme.zendesk.com", "app");
            world.stored = Optional.of(empty.withNewLineage(
                    "another-login",
                    new TokenPair(
                            Secret.of(accessToken),
                            Secret.of("s1"),
                            null,
                            world.wall,
                            world.wall.plus(LIFETIME),
                            null)));
        };
    }

    private List<String> sent() {
        return world.requests.stream()
                .map(request -> ((TokenRequest.Refresh) request).refreshToken().reveal())
                .toList();
    }

    private static Credentials.Grant grant(String access, String refresh, boolean dated, AuthorizationCode code) {
        Credentials.Grant plain = EngineFixture.grant(null, null);
        Instant end = dated ? EngineFixture.START.plus(LIFETIME) : null;
        return new Credentials.Grant(
                plain.client(),
                plain.redirectUri(),
                plain.scope(),
                new Credentials.Bootstrap(Secret.ofNullable(access), Secret.ofNullable(refresh), end, code));
    }

    private static AuthorizationCode code(String code) {
        return new AuthorizationCode(Secret.of(code), Secret.of("v"));
    }

    private static String bearer(DefaultTokenManager manager) {
        return manager.authorization().join().headerValue().substring("Bearer ".length());
    }
}

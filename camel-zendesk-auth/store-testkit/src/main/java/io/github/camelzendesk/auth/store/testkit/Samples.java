package io.github.camelzendesk.auth.store.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.Backoff;
import io.github.camelzendesk.auth.settings.EndedGrant;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.PendingExchange;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsOwner;
import io.github.camelzendesk.auth.settings.TokenPair;

import static org.assertj.core.api.Assertions.assertThat;

/** Settings with every member that there is. Stateless. */
final class Samples {
    static final String ACCESS = "an-access-token";
    static final String REFRESH = "a-refresh-token";
    private static final String URL = "https://acme.zendesk.com";
    private static final String CLIENT = "app";
    private static final Instant THEN = Instant.parse("2026-11-24T10:00:00Z");

    private Samples() {}

    static SettingsCodec codec() {
        return SettingsCodec.of(URL, CLIENT, null);
    }

    static SettingsCodec sealing() {
        return SettingsCodec.of(URL, CLIENT, Secret.of(Base64.getEncoder().encodeToString(new byte[32])));
    }

    static SettingsCodec ofAnother() {
        return SettingsCodec.of("https://globex.zendesk.com", CLIENT, null);
    }

    /** Of another kind of credentials, or the same with another scope. */
    static SettingsCodec ofARobot(@Nullable String scope) {
        return SettingsCodec.of(robot(scope), null);
    }

    static SettingsOwner robot(@Nullable String scope) {
        return SettingsOwner.client(URL, CLIENT, scope);
    }

    /** Each member of a generation tells which one it is, so that a mixture of two shows. */
    static OAuthSettings whole(long generation) {
        return new OAuthSettings(
                SettingsOwner.person(URL, CLIENT),
                "lineage-" + generation,
                generation,
                new TokenPair(
                        Secret.of(ACCESS + "-" + generation),
                        Secret.of(REFRESH + "-" + generation),
                        "read write",
                        THEN,
                        THEN.plusSeconds(1800 + generation),
                        THEN.plus(Duration.ofDays(30))),
                pending(generation),
                new EndedGrant("0e", "REFUSED", THEN.plusSeconds(generation)),
                new Backoff(2, THEN.plusSeconds(generation), Duration.ofSeconds(generation)),
                List.of("0a", "0b"),
                Map.of());
    }

    static PendingExchange pending(long generation) {
        return new PendingExchange("0f", generation + 1, THEN, "process " + generation, Duration.ofSeconds(25));
    }

    /** What a client obtained for itself. */
    static OAuthSettings ofARobot(long generation, @Nullable String scope) {
        TokenPair token = new TokenPair(Secret.of(ACCESS + "-robot"), null, scope, THEN, THEN.plusSeconds(1800), null);
        return new OAuthSettings(robot(scope), "robot", generation, token, null, null, null, List.of(), Map.of());
    }

    /** By value, secrets included. */
    static void assertSame(OAuthSettings actual, OAuthSettings expected) {
        assertThat(codec().encode(actual)).isEqualTo(codec().encode(expected));
    }
}

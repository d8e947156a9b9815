package io.github.camelzendesk.auth.jdbc;

import java.time.Duration;
import java.time.Instant;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.OAuthClient;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.DefaultTokenManager;
import io.github.camelzendesk.auth.oauth.internal.wire.Transport;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreProvider.BeanLookup;
import io.github.camelzendesk.auth.settings.SettingsStores;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;

import static org.assertj.core.api.Assertions.assertThat;

/** What the tests here open and store. Stateless. */
public final class Managers {
    static final String NAME = "acme@acme.zendesk.com";
    static final String CLIENT = "app";
    static final BeanLookup NO_BEANS = new BeanLookup() {
        @Override
        public <T> T find(String name, Class<T> type) {
            throw new IllegalArgumentException("no bean " + name);
        }
    };

    private Managers() {}

    static TokenManager open(String url, String clientSecret, SettingsStore store, TokenListener listener) {
        return open(url, clientSecret, store, listener, Duration.ofSeconds(20));
    }

    static TokenManager open(
            String url, String clientSecret, SettingsStore store, TokenListener listener, Duration exchange) {
        Connection connection = new Connection(
                "acme",
                url,
                new Credentials.Grant(
                        new OAuthClient(CLIENT, Secret.of(clientSecret)),
                        "http://localhost:33333",
                        "read write",
                        Credentials.Bootstrap.NONE),
                new Connection.Endpoints(url + "/oauth/tokens", url + "/oauth/authorizations/new"),
                new Connection.Lifetimes(Duration.ofMinutes(30), Duration.ofDays(30)),
                new Connection.Timeouts(
                        Duration.ofSeconds(5), exchange, Duration.ofSeconds(30), Duration.ofMinutes(5)));
        return DefaultTokenManager.open(connection, store, Transport.DEFAULT, null, listener);
    }

    public static SettingsStore store(String location, String url) {
        return SettingsStores.open(location, NAME, SettingsCodec.of(url, CLIENT, null), NO_BEANS);
    }

    /** What a login would store. */
    static void logIn(SettingsStore store, String url, String lineage, String refreshToken)
            throws InterruptedException {
        try (SettingsTransaction transaction =
                store.begin(Duration.ofSeconds(30)).orElseThrow()) {
            OAuthSettings found = transaction.load().orElse(OAuthSettings.empty(url, CLIENT));
            transaction.save(found.withNewLineage(lineage, pair(null, refreshToken)));
        }
    }

    static TokenPair pair(String accessToken, String refreshToken) {
        return new TokenPair(
                Secret.ofNullable(accessToken), Secret.of(refreshToken), "read write", Instant.now(), null, null);
    }

    static OAuthSettings settings(long generation) {
        OAuthSettings empty = OAuthSettings.empty("https://acme.zendesk.com", CLIENT);
        OAuthSettings settings = empty.withNewLineage("a-lineage", pair("an-access-token", "a-refresh-token"));
        while (settings.generation() < generation) {
            settings = settings.withNextTokens(settings.tokens());
        }
        assertThat(settings.generation()).isEqualTo(generation);
        return settings;
    }
}

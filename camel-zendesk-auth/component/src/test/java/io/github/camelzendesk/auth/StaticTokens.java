package io.github.camelzendesk.auth;

import java.time.Duration;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.DefaultTokenManager;
import io.github.camelzendesk.auth.oauth.internal.wire.Transport;
import io.github.camelzendesk.auth.settings.Secret;

/** Managers of access tokens that are used as they are: they touch neither a store nor the network. */
public final class StaticTokens {
    private StaticTokens() {}

    public static TokenManager manager(String name) {
        Connection connection = new Connection(
                name,
                "https://" + name + ".zendesk.com",
                new Credentials.StaticToken(Secret.of("t")),
                new Connection.Endpoints("t", "a"),
                new Connection.Lifetimes(Duration.ofMinutes(30), Duration.ofDays(30)),
                new Connection.Timeouts(
                        Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMinutes(5)));
        return DefaultTokenManager.open(connection, null, Transport.DEFAULT, null, TokenListener.NONE);
    }
}

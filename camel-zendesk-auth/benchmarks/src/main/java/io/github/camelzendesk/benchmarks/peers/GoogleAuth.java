package io.github.camelzendesk.benchmarks.peers;

import java.net.URI;
import java.time.Duration;
import java.util.Date;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.UserCredentials;

/**
 * google-auth: one UserCredentials for all threads of an instance, pointed at another token endpoint.
 *
 * <p>Chosen: margins that fit tokens of seconds, the same as camel-zendesk-auth takes for them. With the default ones
 * (stale 3:45 and expired 3:00 before the end) a token lives on for longer than a race takes after its renewal failed.
 *
 * <p>Made for Google, whose refresh tokens do not rotate: it never takes over the refresh token of an answer, so what is
 * configured is all that a restart has.
 */
final class GoogleAuth implements Contender {
    private static final Duration STALE = Duration.ofSeconds(1);
    private static final Duration EXPIRED = Duration.ofMillis(300);

    @Override
    public String name() {
        return "google-auth";
    }

    @Override
    public Duration margin() {
        return STALE;
    }

    @Override
    public void store(Account account) {}

    @Override
    public Instance open(Account account) {
        UserCredentials credentials = UserCredentials.newBuilder()
                .setClientId(account.clientId())
                .setClientSecret(account.clientSecret())
                .setRefreshToken(account.refreshToken())
                .setAccessToken(new AccessToken("expired", new Date(0)))
                .setRefreshMargin(STALE)
                .setExpirationMargin(EXPIRED)
                .setTokenServerUri(URI.create(account.tokenEndpoint()))
                .build();
        return () -> {
            credentials.refreshIfExpired();
            return account.judge(credentials.getAccessToken().getTokenValue());
        };
    }

    @Override
    public String storedRefreshToken(Account account) {
        return account.refreshToken();
    }
}

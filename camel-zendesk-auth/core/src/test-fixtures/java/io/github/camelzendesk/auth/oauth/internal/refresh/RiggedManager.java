package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.OAuthClient;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.engine.SharedThreads;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.oauth.internal.wire.Transport;
import io.github.camelzendesk.auth.rig.Steps;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsStore;

/** Managers on the real engine and the real token endpoint, which tell of the steps around the exchange. */
public final class RiggedManager {
    private RiggedManager() {}

    public static Connection connection(String url, String clientId, String clientSecret, String refreshToken) {
        return connection(url, url, clientId, clientSecret, refreshToken, Duration.ofSeconds(20));
    }

    /** One of an account whose token requests go elsewhere. */
    public static Connection connection(
            String account,
            String url,
            String clientId,
            String clientSecret,
            String refreshToken,
            Duration exchangeTimeout) {
        return new Connection(
                "rig",
                account,
                new Credentials.Grant(
                        new OAuthClient(clientId, Secret.of(clientSecret)),
                        "http://localhost:33333",
                        "read write",
                        new Credentials.Bootstrap(null, Secret.ofNullable(refreshToken), null, null)),
                new Connection.Endpoints(url + "/oauth/tokens", url + "/oauth/authorizations/new"),
                new Connection.Lifetimes(Duration.ofMinutes(30), Duration.ofDays(30)),
                new Connection.Timeouts(
                        Duration.ofSeconds(5), exchangeTimeout, Duration.ofSeconds(30), Duration.ofMinutes(5)));
    }

    public static TokenManager open(Connection connection, SettingsStore store, Steps steps) {
        return openAround(connection, store, steps, UnaryOperator.identity());
    }

    /** One whose requests to Zendesk go through what is put around the token endpoint. */
    public static TokenManager openAround(
            Connection connection, SettingsStore store, Steps steps, UnaryOperator<AuthorizationServer> around) {
        AuthorizationServer server =
                around.apply(new Stepping(DefaultTokenManager.endpoint(connection, Transport.DEFAULT), steps));
        DefaultTokenManager manager = new DefaultTokenManager(connection, store, server, context());
        manager.start();
        return manager;
    }

    static EngineContext context() {
        return new EngineContext(
                InstantSource.system(),
                System::nanoTime,
                new SecureRandom(),
                SharedThreads.instance(),
                null,
                TokenListener.NONE);
    }

    private record Stepping(AuthorizationServer server, Steps steps) implements AuthorizationServer {
        @Override
        public TokenRequestOutcome request(TokenRequest request) {
            step("request");
            TokenRequestOutcome outcome = server.request(request);
            step("answered");
            return outcome;
        }

        @Override
        public TokenKnowledge describe(Secret accessToken) {
            return server.describe(accessToken);
        }

        @Override
        public Map<String, Object> whoAmI(Secret authorizationHeader) {
            return server.whoAmI(authorizationHeader);
        }

        @Override
        public void revoke(Secret accessToken) {
            server.revoke(accessToken);
        }

        private void step(String name) {
            try {
                steps.at(name);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

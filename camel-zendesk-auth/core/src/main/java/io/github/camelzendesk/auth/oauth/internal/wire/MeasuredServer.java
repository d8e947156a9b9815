package io.github.camelzendesk.auth.oauth.internal.wire;

import java.util.Map;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.settings.Secret;

/**
 * An authorization server whose slowness the engine is told of, and the listener of the begin and the end of a token request.
 * Thread-safe.
 */
public record MeasuredServer(
        AuthorizationServer server, TaskScheduler engine, Connection connection, TokenListener listener)
        implements AuthorizationServer {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    @Override
    public TokenRequestOutcome request(TokenRequest request) {
        Consumer<String> end = begun(request.grantType());
        // What a request spent that ended in no outcome is not known.
        String outcome = "AMBIGUOUS";
        try {
            TokenRequestOutcome known = engine.ask(() -> server.request(request));
            outcome = known.name();
            return known;
        } finally {
            ended(end, outcome);
        }
    }

    private Consumer<String> begun(String grantType) {
        try {
            return listener.requesting(connection.name(), grantType);
        } catch (RuntimeException | Error e) {
            warn(e);
            return outcome -> {};
        }
    }

    private void ended(Consumer<String> end, String outcome) {
        try {
            end.accept(outcome);
        } catch (RuntimeException | Error e) {
            warn(e);
        }
    }

    private void warn(Throwable e) {
        LOG.warn(
                "Connection {}: a listener failed on a token request. The tokens are not affected; fix the listener.",
                connection.describe(),
                e);
    }

    @Override
    public TokenKnowledge describe(Secret accessToken) {
        return engine.ask(() -> server.describe(accessToken));
    }

    @Override
    public Map<String, Object> whoAmI(Secret authorizationHeader) {
        return engine.ask(() -> server.whoAmI(authorizationHeader));
    }

    @Override
    public void revoke(Secret accessToken) {
        engine.ask(() -> {
            server.revoke(accessToken);
            return true;
        });
    }
}

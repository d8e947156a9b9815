package io.github.camelzendesk.auth.oauth.internal.wire;

import java.util.Map;

import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.settings.Secret;

/** An authorization server whose slowness the engine is told of, request by request. Thread-safe. */
public record MeasuredServer(AuthorizationServer server, TaskScheduler engine) implements AuthorizationServer {
    @Override
    public TokenRequestOutcome request(TokenRequest request) {
        return engine.ask(() -> server.request(request));
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

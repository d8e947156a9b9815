package io.github.camelzendesk.auth.oauth.internal.wire;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.settings.Secret;

/**
 * What Zendesk answers about tokens. Implementations are thread-safe and block for as long as the
 * exchange timeout.
 */
public interface AuthorizationServer {
    TokenRequestOutcome request(TokenRequest request);

    /** What {@code GET /api/v2/oauth/tokens/current.json} says of an access token. */
    TokenKnowledge describe(Secret accessToken);

    /**
     * Who the header makes us, from {@code GET /api/v2/users/me.json}: id, role and e-mail; empty when Zendesk knows
     * nobody by it.
     *
     * @throws TokenEndpointUnavailable when it did not answer
     */
    Map<String, Object> whoAmI(Secret authorizationHeader);

    /**
     * Ends the token at Zendesk ({@code DELETE /api/v2/oauth/tokens/current.json}).
     *
     * @throws TokenEndpointUnavailable when Zendesk could not be asked
     */
    void revoke(Secret accessToken);

    /** What is known of an access token whose lifetime came without a number. */
    record TokenKnowledge(boolean dead, @Nullable Lifespan lifespan) {
        public static final TokenKnowledge NONE = new TokenKnowledge(false, null);
        static final TokenKnowledge DEAD = new TokenKnowledge(true, null);
    }
}

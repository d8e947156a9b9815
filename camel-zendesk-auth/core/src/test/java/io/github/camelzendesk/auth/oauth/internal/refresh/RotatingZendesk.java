package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenResponse;
import io.github.camelzendesk.auth.settings.Secret;

/**
 * The model of Zendesk: a refresh kills the pair before it, a login begins another grant. It knows what no client may
 * do.
 */
final class RotatingZendesk implements AuthorizationServer {
    enum Mood {
        /** The connection is refused. */
        UNREACHABLE,
        /** The connection breaks before anything was done. */
        BREAKS_BEFORE,
        /** The connection breaks after the old pair died. */
        BREAKS_AFTER,
        /** The answer is a page of a proxy, after the old pair died. */
        GARBLES_AFTER,
        THROTTLES,
        FAILS
    }

    final Deque<Mood> moods = new ArrayDeque<>();
    /** Refresh tokens that were answered for good, with tokens or with a refusal. */
    private final Set<String> settled = new HashSet<>();

    private final Map<String, String> liveAccessTokens = new HashMap<>(); // by refresh token
    private final Map<String, Integer> grants = new HashMap<>(); // by refresh token, dead ones too
    private final Set<Integer> lost = new HashSet<>();
    private int issued;
    int violations;

    /** A person logs in, and brings a code. */
    AuthorizationCode login() {
        return new AuthorizationCode(Secret.of("code" + issued++), Secret.of("v"));
    }

    boolean isAlive(Authorization authorization) {
        return liveAccessTokens.containsValue(authorization.headerValue().substring("Bearer ".length()));
    }

    /** Whether an answer of the grant that this refresh token belongs to was lost on its way. */
    boolean isLost(String refreshToken) {
        return lost.contains(grants.get(refreshToken));
    }

    /** The process that got the answer to this refresh token is dead, and no other knows that it was answered. */
    void answerIsForgotten(String refreshToken) {
        settled.remove(refreshToken);
    }

    @Override
    public TokenRequestOutcome request(TokenRequest request) {
        Mood mood = moods.poll();
        if (mood == Mood.UNREACHABLE) {
            return new TokenRequestOutcome.NotSent(new IOException("refused"));
        }
        if (mood == Mood.BREAKS_BEFORE) {
            return new TokenRequestOutcome.Ambiguous("a broken connection", true, null);
        }
        if (mood == Mood.THROTTLES) {
            return new TokenRequestOutcome.Unavailable("status 429", Duration.ofSeconds(20));
        }
        if (mood == Mood.FAILS) {
            return new TokenRequestOutcome.Ambiguous("status 502", false, null);
        }
        return carriedOut(request, mood);
    }

    private TokenRequestOutcome carriedOut(TokenRequest request, Mood mood) {
        String spent = request instanceof TokenRequest.Refresh refresh
                ? refresh.refreshToken().reveal()
                : null;
        if (settled.contains(spent)) {
            violations++;
        }
        if (spent != null && liveAccessTokens.remove(spent) == null) {
            settled.add(spent);
            return new TokenRequestOutcome.Rejected("invalid_grant", null);
        }
        issued++;
        int grant = spent == null ? issued : grants.get(spent);
        grants.put("r" + issued, grant);
        liveAccessTokens.put("r" + issued, "a" + issued);
        if (mood != null) {
            lost.add(grant);
            return mood == Mood.BREAKS_AFTER
                    ? new TokenRequestOutcome.Ambiguous("no answer in time", true, null)
                    : new TokenRequestOutcome.Unparsed(new byte[] {'x'}, "it is not a JSON object");
        }
        if (spent != null) {
            settled.add(spent);
        }
        return new TokenRequestOutcome.Granted(new TokenResponse(
                Secret.of("a" + issued), Secret.of("r" + issued), null, Duration.ofSeconds(1800), Duration.ofDays(30)));
    }

    @Override
    public TokenKnowledge describe(Secret token) {
        return TokenKnowledge.NONE;
    }

    @Override
    public Map<String, Object> whoAmI(Secret authorizationHeader) {
        return Map.of();
    }

    @Override
    public void revoke(Secret token) {}
}

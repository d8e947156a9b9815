package io.github.camelzendesk.auth.model;

import java.util.Map;

import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.settings.Secret;

/** The token endpoint, as a process that tells what it sends and what it gets sees it. Thread-safe. */
record RecordedServer(AuthorizationServer server, String process, EventLog events) implements AuthorizationServer {
    @Override
    public TokenRequestOutcome request(TokenRequest request) {
        String sent = EventLog.token(request.fingerprint());
        events.tell(process, "sending", EventLog.member("t", sent));
        TokenRequestOutcome outcome = server.request(request);
        events.tell(
                process,
                "got",
                EventLog.member("k", EventLog.quoted(kind(outcome))),
                EventLog.member("a", given(outcome, sent)));
        return outcome;
    }

    /** As {@code Rotation.Present} has it. */
    private static String kind(TokenRequestOutcome outcome) {
        if (outcome instanceof TokenRequestOutcome.Rejected rejected) {
            return rejected.isGrantOver() ? "refused" : "unsent";
        }
        if (outcome instanceof TokenRequestOutcome.Granted) {
            return "granted";
        }
        if (outcome instanceof TokenRequestOutcome.Ambiguous) {
            return "lost";
        }
        return outcome instanceof TokenRequestOutcome.Unparsed ? "unparsed" : "unsent";
    }

    private static String given(TokenRequestOutcome outcome, String sent) {
        if (!(outcome instanceof TokenRequestOutcome.Granted granted)) {
            return EventLog.token("");
        }
        Secret next = granted.response().refreshToken();
        return next == null ? sent : EventLog.token(next.fingerprint());
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
}

package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Instant;

import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;

/**
 * What became of a request. Immutable.
 *
 * @param request the request as it was sent, repeats included
 * @param sentAt when it was first sent
 */
record Answer(NotedRequest request, TokenRequestOutcome outcome, Instant sentAt) {
    boolean isRefused() {
        return request.request() instanceof TokenRequest.Refresh
                && outcome instanceof TokenRequestOutcome.Rejected rejected
                && rejected.isGrantOver();
    }
}

package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.PendingExchange;

/**
 * A refresh token or code that is about to be sent. Immutable.
 *
 * @param found the settings as they were found
 * @param noted the same with the note that the request is under way
 * @param base the settings that the tokens of the answer descend from
 * @param lostAt since when an answer to the same request may have been lost; null when none was
 */
record NotedRequest(
        OAuthSettings found, OAuthSettings noted, OAuthSettings base, TokenRequest request, @Nullable Instant lostAt) {

    static NotedRequest of(
            OAuthSettings found, OAuthSettings base, TokenRequest request, Instant now, Duration mayTake) {
        PendingExchange earlier = found.pending();
        Instant lostAt =
                earlier == null ? null : earlier.since(request.fingerprint()).orElse(null);
        if (!(request instanceof TokenRequest.Code)) {
            return new NotedRequest(
                    found, found.withPending(note(found, base, request, now, mayTake)), base, request, lostAt);
        }
        // A failed login leaves the stored grant in use, with the note of its last refresh. The code is marked as seen
        // before it is sent, so that it is never sent again.
        OAuthSettings seen = earlier == null ? found.withPending(note(found, base, request, now, mayTake)) : found;
        return new NotedRequest(
                found, seen.withSeen(request.fingerprint()), base.withSeen(request.fingerprint()), request, lostAt);
    }

    /** Differs from the note of an earlier request with the same token, so that others wait for this one as long. */
    private static PendingExchange note(
            OAuthSettings found, OAuthSettings base, TokenRequest request, Instant now, Duration mayTake) {
        String token = request.fingerprint();
        PendingExchange earlier = found.pending();
        return new PendingExchange(
                token,
                base.generation() + 1,
                now,
                ProcessName.NAME,
                mayTake,
                earlier == null ? null : earlier.firstOf(token));
    }

    private static @Nullable PendingExchange others(OAuthSettings found, TokenRequest request) {
        PendingExchange earlier = found.pending();
        return earlier == null ? null : earlier.without(request.fingerprint());
    }

    NotedRequest repeatedSince(Instant sentAt) {
        return lostAt == null ? new NotedRequest(found, noted, base, request, sentAt) : this;
    }

    /** What to store when this request spent nothing. The note stays when an earlier one may have. */
    OAuthSettings unspent() {
        return lostAt == null ? found : doubted();
    }

    /** What to store when it may be spent: the note stays, marked as over. */
    OAuthSettings doubted() {
        PendingExchange note = noted.pending();
        return note == null ? noted : noted.withPending(note.over());
    }

    /** What was found, without the note of an earlier request with the same token. */
    OAuthSettings foundWithoutIt() {
        return found.withPending(others(found, request));
    }

    boolean isOfStoredGrant() {
        return found.lineage().equals(base.lineage());
    }
}

package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.OAuthClient;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.PendingExchange;
import io.github.camelzendesk.auth.settings.Secret;

import static org.assertj.core.api.Assertions.assertThat;

class NotedRequestTest {
    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    private static final Duration MAY_TAKE = Duration.ofSeconds(25);
    private static final TokenRequest ONE = refresh("one");
    private static final TokenRequest OTHER = refresh("other");

    private final OAuthSettings found = OAuthSettings.empty("https://acme.zendesk.com", "app");

    @Test
    void othersWaitForASecondRequestWithATokenAsLongAsForTheFirst() {
        ForeignExchange foreign = new ForeignExchange();
        PendingExchange first = note(found, ONE, 0);
        PendingExchange second = note(found.withPending(first.over()), ONE, 20);

        assertThat(foreign.left(first, 0)).isEqualTo(MAY_TAKE);
        assertThat(foreign.left(second, Duration.ofSeconds(20).toNanos())).isEqualTo(MAY_TAKE);
    }

    @Test
    void aRepeatedRequestKnowsSinceWhenAnAnswerMayBeLost() {
        PendingExchange note = note(found, ONE, 0);
        for (int repeats = 1; repeats < 5; repeats++) {
            note = note(found.withPending(note), repeats % 2 == 0 ? ONE : OTHER, repeats);
        }

        assertThat(note.since(ONE.fingerprint())).contains(START);
        assertThat(note.since(OTHER.fingerprint())).contains(START.plusSeconds(1));
        assertThat(length(note)).as("of each token the first note and the last").isEqualTo(4);
    }

    private static PendingExchange note(OAuthSettings found, TokenRequest request, int second) {
        return NotedRequest.of(found, found, request, START.plusSeconds(second), MAY_TAKE)
                .noted()
                .pending();
    }

    private static int length(PendingExchange note) {
        return note == null ? 0 : 1 + length(note.earlier());
    }

    private static TokenRequest refresh(String token) {
        return new TokenRequest.Refresh(new OAuthClient("app", Secret.of("s")), Secret.of(token));
    }
}

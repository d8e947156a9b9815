package io.github.camelzendesk.examples.weblogin;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WebLoginSessionsTest {
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final Sessions sessions = new Sessions(() -> now, URI.create("https://app.example.com/callback"));

    @Test
    void aSessionIsFoundAmongOtherCookies() {
        Session session = sessions.begin();

        assertThat(sessions.find("a=b; " + cookie(session) + ";c=d")).contains(session);
        assertThat(sessions.find("a=b")).isEmpty();
        assertThat(sessions.find("web_login=guessed")).isEmpty();
        assertThat(sessions.find(null)).isEmpty();
    }

    @Test
    void aLoginIsTakenOnceAndInTime() {
        Session session = sessions.begin();
        sessions.expect(session, "state", "verifier");
        assertThat(sessions.takeLogin(session)).isPresent();
        assertThat(sessions.takeLogin(session)).isEmpty();

        sessions.expect(session, "state", "verifier");
        now = now.plus(Duration.ofMinutes(11));
        assertThat(sessions.takeLogin(session)).isEmpty();
    }

    @Test
    void onlyTheConnectedAreToBeRevokedWhenTheirSessionsEnd() {
        sessions.begin();
        Session connected = sessions.connected(sessions.begin());
        assertThat(sessions.takeExpired()).isEmpty();

        now = now.plus(Duration.ofHours(9));

        assertThat(sessions.find(cookie(connected))).isEmpty();
        assertThat(sessions.takeExpired()).containsExactly(connected.person());
        assertThat(sessions.takeExpired()).isEmpty();
    }

    @Test
    void aLoginGivesTheSamePersonAnotherSession() {
        Session before = sessions.begin();
        Session after = sessions.connected(before);

        assertThat(after.person()).isEqualTo(before.person());
        assertThat(sessions.find(cookie(before))).isEmpty();
        assertThat(sessions.find(cookie(after))).contains(after);
    }

    @Test
    void visitorsWhoNeverFinishTakeUpNoMoreThanTheirShare() {
        for (int visitor = 0; visitor < 1000; visitor++) {
            sessions.begin();
        }
        assertThatThrownBy(sessions::begin).isInstanceOf(Refusal.class);

        now = now.plus(Duration.ofMinutes(11));
        assertThat(sessions.begin()).isNotNull();
    }

    @Test
    void theCookieOfAnHttpsAddressIsNeverSentInClear() {
        assertThat(sessions.cookie(sessions.begin())).contains("; Secure", "; HttpOnly", "; SameSite=Lax");
        assertThat(sessions.noCookie()).contains("; Secure", "Max-Age=0");
    }

    private String cookie(Session session) {
        return sessions.cookie(session).replaceAll(";.*", "");
    }
}

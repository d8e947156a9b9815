package io.github.camelzendesk.examples.weblogin;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.github.camelzendesk.auth.settings.Secret;

/** What the server knows of one browser. Thread-safe. */
final class Session {
    private final Secret id;
    private final String person;
    private final Secret formToken;
    private final Instant until;
    private final boolean connected;
    private final AtomicReference<Login> login = new AtomicReference<>();

    /** A login that is under way at Zendesk. Immutable. */
    record Login(Secret state, Secret verifier, Instant until) {}

    Session(Secret id, String person, Secret formToken, Instant until, boolean connected) {
        this.id = id;
        this.person = person;
        this.formToken = formToken;
        this.until = until;
        this.connected = connected;
    }

    /** What the cookie holds. */
    Secret id() {
        return id;
    }

    /** Names the connection of this browser, and opens nothing. */
    String person() {
        return person;
    }

    /** What a form of ours sends along, and one of another site cannot know. */
    Secret formToken() {
        return formToken;
    }

    Instant until() {
        return until;
    }

    /** Whether a login succeeded. */
    boolean isConnected() {
        return connected;
    }

    void expect(Login begun) {
        login.set(begun);
    }

    /** The login, to one caller alone: a callback that comes twice finds nothing. */
    Optional<Login> takeLogin(Instant now) {
        return Optional.ofNullable(login.getAndSet(null)).filter(begun -> now.isBefore(begun.until()));
    }
}

package io.github.camelzendesk.examples.weblogin;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelzendesk.auth.settings.Secret;

/** The sessions of all browsers, in memory. Thread-safe. */
final class Sessions {
    private static final String COOKIE = "web_login";
    private static final Duration LIFE = Duration.ofHours(8);
    private static final Duration LOGIN_LIFE = Duration.ofMinutes(10);
    private static final int MOST = 1000;
    private static final int BYTES = 32;

    private final Map<String, Session> byId = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;
    private final String attributes;

    Sessions(InstantSource clock, URI callback) {
        this.clock = clock;
        this.attributes = "; Path=/; HttpOnly; SameSite=Lax" + ("https".equals(callback.getScheme()) ? "; Secure" : "");
    }

    /** The session that a Cookie header leads to. */
    Optional<Session> find(String cookies) {
        return Arrays.stream((cookies == null ? "" : cookies).split(";"))
                .map(String::trim)
                .filter(cookie -> cookie.startsWith(COOKIE + "="))
                .map(cookie -> byId.get(cookie.substring(COOKIE.length() + 1)))
                .filter(session -> session != null && now().isBefore(session.until()))
                .findFirst();
    }

    Session begin() {
        byId.values().removeIf(session -> !session.isConnected() && !now().isBefore(session.until()));
        if (byId.size() >= MOST) {
            throw new Refusal(503, "Too many visitors", "Please come back a little later.");
        }
        // A person who only begins to log in needs no session for the whole day.
        return add(UUID.randomUUID().toString(), LOGIN_LIFE, false);
    }

    /** The same person under another id: an attacker who put the old one into a browser is not logged in by it. */
    Session connected(Session before) {
        byId.remove(before.id().reveal());
        return add(before.person(), LIFE, true);
    }

    private Session add(String person, Duration life, boolean connected) {
        Session session = new Session(token(), person, token(), now().plus(life), connected);
        byId.put(session.id().reveal(), session);
        return session;
    }

    void expect(Session session, String state, String verifier) {
        session.expect(new Session.Login(Secret.of(state), Secret.of(verifier), now().plus(LOGIN_LIFE)));
    }

    Optional<Session.Login> takeLogin(Session session) {
        return session.takeLogin(now());
    }

    void end(Session session) {
        byId.remove(session.id().reveal());
    }

    /** The people whose sessions have ended: their grants are to end as well. */
    List<String> takeExpired() {
        List<Session> expired = byId.values().stream()
                .filter(session -> !now().isBefore(session.until()))
                .toList();
        expired.forEach(this::end);
        return expired.stream()
                .filter(Session::isConnected)
                .map(Session::person)
                .toList();
    }

    String cookie(Session session) {
        return COOKIE + "=" + session.id().reveal() + attributes + "; Max-Age=" + LIFE.toSeconds();
    }

    String noCookie() {
        return COOKIE + "=" + attributes + "; Max-Age=0";
    }

    private Instant now() {
        return clock.instant();
    }

    private Secret token() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}

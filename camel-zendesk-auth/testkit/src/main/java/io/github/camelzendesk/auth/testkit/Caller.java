package io.github.camelzendesk.auth.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Who makes an API request, as its Authorization header tells. Immutable.
 *
 * @param email who calls; null for nobody
 * @param pair the tokens of a bearer; null for who calls otherwise
 * @param refusal why the header is refused; null if it is not
 */
record Caller(@Nullable String email, @Nullable IssuedTokens pair, @Nullable Answer refusal) {
    /** As whom a bearer acts: the user who created the client. */
    static final String AGENT = "agent@example.com";

    private static final Caller NOBODY = new Caller(null, null, null);

    static Answer invalidToken() {
        return ApiFault.invalidToken().answer();
    }

    static Answer unauthenticated() {
        return Answer.json(401, Map.of("error", "Couldn't authenticate you"));
    }

    static Caller of(@Nullable String authorization, Account account) {
        if (authorization == null) {
            return NOBODY;
        }
        String[] words = authorization.trim().split("\\s+", 2);
        String credentials = words.length == 2 ? words[1] : "";
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> bearer(account.grants.live(credentials));
            case "basic" -> basic(credentials, account.users);
            default -> new Caller(null, null, unauthenticated());
        };
    }

    private static Caller bearer(@Nullable IssuedTokens pair) {
        return pair == null ? new Caller(null, null, invalidToken()) : new Caller(AGENT, pair, null);
    }

    private static Caller basic(String encoded, Users users) {
        String pair = decoded(encoded);
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return new Caller(null, null, unauthenticated());
        }
        String user = pair.substring(0, colon);
        String secret = pair.substring(colon + 1);
        if (!user.endsWith("/token")) {
            return users.acceptsPassword(user, secret) ? new Caller(user, null, null) : NOBODY;
        }
        return byApiToken(user.substring(0, user.length() - "/token".length()), secret, users);
    }

    private static Caller byApiToken(String email, String secret, Users users) {
        return users.acceptsApiToken(email, secret)
                ? new Caller(email, null, null)
                : new Caller(null, null, unauthenticated());
    }

    /** No colon comes out of what is not Base64. */
    private static String decoded(String encoded) {
        try {
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Refuses what the caller's token does not allow; a caller without a token may do everything. */
    void mustBeAllowed(String access, String resource) {
        if (pair != null && !Scopes.allows(pair.scope(), access, resource)) {
            throw ApiRefusal.missingScope(access);
        }
    }

    /** The e-mail of a caller who is somebody. */
    String person() {
        return Objects.requireNonNull(email);
    }

    @Override
    public String toString() {
        return "Caller[" + email + "]";
    }
}

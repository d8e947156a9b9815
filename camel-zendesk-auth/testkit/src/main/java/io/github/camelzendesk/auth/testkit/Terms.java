package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * On which terms the tokens of one request are issued. Immutable.
 *
 * @param access the lifetime of the access token; null for one that does not expire, and has no refresh token
 * @param told whether the answer says when the access token expires
 * @param jwt whether the access token is a JWT
 */
record Terms(@Nullable Duration access, Duration refresh, boolean told, boolean jwt) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /**
     * What a request asks for, or else what the client gets unasked.
     *
     * @param always the lifetime of all access tokens whatever is asked for; with it any value may be asked for
     */
    static Terms of(TokenTerms client, Map<String, String> form, @Nullable Duration always, boolean jwt) {
        boolean bounded = always == null;
        Duration access = seconds(form, "expires_in", bounded ? 300 : 0, bounded ? 172_800 : Long.MAX_VALUE);
        Duration refresh =
                seconds(form, "refresh_token_expires_in", bounded ? 604_800 : 0, bounded ? 7_776_000 : Long.MAX_VALUE);
        Duration lifetime = always != null ? always : access != null ? access : client.access();
        return new Terms(
                access != null || client.expires() ? lifetime : null,
                refresh != null ? refresh : client.refresh(),
                access != null || client.tellsExpiry(),
                jwt);
    }

    /** Those of a login in which all was asked for that makes tokens expire. */
    static Terms expiring(TokenTerms client, @Nullable Duration always, boolean jwt) {
        return new Terms(always != null ? always : client.access(), client.refresh(), true, jwt);
    }

    /** Those of a token that an administrator creates. */
    static Terms forever(boolean jwt) {
        return new Terms(null, Duration.ZERO, false, jwt);
    }

    private static @Nullable Duration seconds(Map<String, String> form, String name, long least, long most) {
        String value = form.getOrDefault(name, "").trim();
        if (value.isEmpty()) {
            return null;
        }
        long seconds = NUMBER.matcher(value).matches() ? Long.parseLong(value) : -1;
        if (seconds < least || seconds > most) {
            throw TokenError.lifetime(name);
        }
        return Duration.ofSeconds(seconds);
    }
}

package io.github.camelzendesk.auth.login;

import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.settings.Secret;

/**
 * What a person pastes after a login elsewhere: the bare code, or the whole address that the browser was sent to.
 * Immutable. The value appears in no message.
 */
public record PastedCallback(Secret code, @Nullable String state, @Nullable String issuer) {
    /** Of an address without one: other than of a bare code, it is compared, and is nobody's. */
    private static final String NO_STATE = "";

    private static final int MOST_CHARACTERS = 8 * 1024;
    private static final String OPENING = "\"'<";
    private static final String CLOSING = "\"'>";
    private static final Pattern BARE_CODE = Pattern.compile("[A-Za-z0-9\\-._~+/=]+");

    /**
     * Reads what was pasted.
     *
     * @param where the option or header it came in, for the message of a refusal
     * @throws AuthorizationRequired when the person refused
     * @throws ConfigurationRefused when there is no code in it
     */
    public static PastedCallback parse(String pasted, String where) {
        if (pasted.length() > MOST_CHARACTERS) {
            throw noCode(where);
        }
        String text = unwrapped(pasted.strip());
        if (!text.contains("?") && BARE_CODE.matcher(text).matches() && !text.contains("://")) {
            return new PastedCallback(Secret.of(text), null, null);
        }
        return fromAddress(text, where);
    }

    /** Checks that the callback belongs to the login it is used for; a bare code carries no state to compare. */
    public void requireState(@Nullable String expected) {
        if (state != null && expected != null && !Pkce.isSameState(state, expected)) {
            throw new ConfigurationRefused("The state of the callback is not the one that was sent out with the login:"
                    + " begin the login again, and do not use this callback.");
        }
    }

    /** Checks that it comes from the server that was asked (RFC 9207); what names no issuer cannot be checked. */
    public void requireIssuer(String expected) {
        if (issuer != null && !issuer.equals(expected)) {
            throw new ConfigurationRefused(
                    "The callback comes from another server than this connection asks: its iss is not " + expected
                            + ". Begin the login again, and do not use this callback. If the server's issuer is another,"
                            + " as with a realm in its path, set the option issuer.");
        }
    }

    private static String unwrapped(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && OPENING.indexOf(text.charAt(begin)) >= 0) {
            begin++;
        }
        while (begin < end && CLOSING.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(begin, end);
    }

    private static PastedCallback fromAddress(String text, String where) {
        Map<String, String> parameters =
                CallbackQuery.parse(text.substring(text.indexOf('?') + 1).replaceFirst("#.*", ""));
        if (parameters.containsKey("error")) {
            throw CallbackQuery.refusalByAnybody(parameters);
        }
        String code = parameters.get("code");
        if (!text.contains("?") || code == null || !CallbackQuery.isCode(code)) {
            throw noCode(where);
        }
        return new PastedCallback(Secret.of(code), parameters.getOrDefault("state", NO_STATE), parameters.get("iss"));
    }

    private static ConfigurationRefused noCode(String where) {
        return new ConfigurationRefused(
                where + " holds neither a code nor a callback address with one: paste what the browser's address"
                        + " line shows after the login, from http to the end.");
    }
}

package io.github.camelzendesk.auth.login;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/** What the query of a callback says (RFC 6749 sections 4.1.2 and 4.1.2.1). Stateless. */
final class CallbackQuery {
    private static final Pattern CODE = Pattern.compile("[\\x20-\\x7e]+");
    private static final Set<String> ERRORS = Set.of(
            "invalid_request",
            "unauthorized_client",
            "access_denied",
            "unsupported_response_type",
            "invalid_scope",
            "server_error",
            "temporarily_unavailable");

    private CallbackQuery() {}

    /** The decoded parameters; one that stands twice, or cannot be decoded, makes the whole query empty. */
    static Map<String, String> parse(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                continue;
            }
            try {
                String name = decode(pair.substring(0, equals));
                if (parameters.put(name, decode(pair.substring(equals + 1))) != null) {
                    return Map.of();
                }
            } catch (IllegalArgumentException e) {
                return Map.of();
            }
        }
        return parameters;
    }

    /** Whether this is a code as RFC 6749 appendix A.11 has them. */
    static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }

    /** The error of a callback that says no and has the state of a login. */
    static AuthorizationRequired refusal(Map<String, String> parameters) {
        return refusal(printable(parameters.get("error")), printable(parameters.get("error_description")));
    }

    /** The same of one that anybody may have written: nothing is repeated but an error of the specification. */
    static AuthorizationRequired refusalByAnybody(Map<String, String> parameters) {
        String error = parameters.getOrDefault("error", "");
        return refusal(ERRORS.contains(error) ? error : null, null);
    }

    private static AuthorizationRequired refusal(@Nullable String error, @Nullable String description) {
        return new AuthorizationRequired(
                AuthorizationRequired.Reason.LOGIN_FAILED,
                "The login was refused in the browser. Begin it again, and press Allow.",
                error,
                description);
    }

    private static @Nullable String printable(@Nullable String text) {
        return text == null ? null : LogSafeText.oneLine(text);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}

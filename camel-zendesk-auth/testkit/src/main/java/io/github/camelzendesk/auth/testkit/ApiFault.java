package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.util.Map;

/**
 * What goes wrong with one API request. Immutable.
 *
 * @param kind what the client sees
 * @param headers the headers of a scripted answer
 */
public record ApiFault(Kind kind, int status, Map<String, String> headers, String body, Duration delay) {
    private static final String JSON = "application/json; charset=utf-8";

    /** What the client sees. Immutable. */
    public enum Kind {
        /** The connection is reset. */
        RESET,
        /** What the request deserves comes late. */
        DELAY,
        /** A scripted answer, whatever the request deserves. */
        ANSWER
    }

    /** Takes an immutable copy. */
    public ApiFault {
        headers = Map.copyOf(headers);
    }

    /** The bearer is dead, or so Zendesk says. */
    public static ApiFault invalidToken() {
        String description = "The access token provided is expired, revoked, malformed or invalid for other reasons.";
        return answer(
                401,
                Map.of("Content-Type", JSON, "WWW-Authenticate", "Bearer"),
                Json.write(Map.of("error", "invalid_token", "error_description", description)));
    }

    /** The token lacks a scope; the error is a string. */
    public static ApiFault forbidden() {
        return answer(403, Map.of("Content-Type", JSON), missingScope("write"));
    }

    /** A back-end service refuses without a word. */
    public static ApiFault forbiddenEmpty() {
        return answer(403, Map.of("Content-Type", "text/html"), "");
    }

    /** Role, plan or brand do not allow it; the error is an object. */
    public static ApiFault forbiddenObject() {
        Map<String, String> error = Map.of(
                "title",
                "Forbidden",
                "message",
                "You do not have access to this page. Please contact the account"
                        + " owner of this help desk for further help.");
        return answer(403, Map.of("Content-Type", JSON), Json.write(Map.of("error", error)));
    }

    /** 429 with a plain text body. */
    public static ApiFault throttled(Duration retryAfter) {
        return answer(429, retry(retryAfter), "Number of allowed API requests per minute exceeded");
    }

    /** 503 with a plain text body, as in maintenance. */
    public static ApiFault unavailable(Duration retryAfter) {
        return answer(503, retry(retryAfter), "maintenance");
    }

    /** 302, to wherever a test wants the client not to take its credentials. */
    public static ApiFault redirect(String location) {
        return answer(302, Map.of("Location", location), "");
    }

    /** The connection is reset. */
    public static ApiFault dropped() {
        return new ApiFault(Kind.RESET, 0, Map.of(), "", Duration.ZERO);
    }

    /** What the request deserves comes late. */
    public static ApiFault delay(Duration delay) {
        return new ApiFault(Kind.DELAY, 0, Map.of(), "", delay);
    }

    static String missingScope(String scope) {
        return Json.write(
                Map.of("error", "Forbidden", "description", "You are missing the following required scopes: " + scope));
    }

    private static Map<String, String> retry(Duration after) {
        return Map.of("Content-Type", "text/plain", "Retry-After", String.valueOf(after.toSeconds()));
    }

    private static ApiFault answer(int status, Map<String, String> headers, String body) {
        return new ApiFault(Kind.ANSWER, status, headers, body, Duration.ZERO);
    }

    Answer answer() {
        return new Answer(status, headers, body);
    }
}

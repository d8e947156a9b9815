package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with one token request. Immutable. "Commit" is the moment in which the old refresh token dies.
 *
 * @param commits whether the request is carried out before things go wrong
 * @param kind what the client sees
 * @param release what a held answer waits for
 */
public record TokenFault(
        boolean commits,
        Kind kind,
        int status,
        String body,
        @Nullable String header,
        Duration delay,
        @Nullable CountDownLatch release,
        Set<String> missing,
        Map<String, Object> overrides) {

    /** What the client sees. Immutable. */
    public enum Kind {
        RESET,
        DELAY,
        HOLD,
        DRIP,
        TRUNCATE,
        ANSWER,
        EDIT
    }

    /** The connection is reset, and nothing was done. */
    public static TokenFault dropBeforeCommit() {
        return plain(false, Kind.RESET);
    }

    /** The connection is reset, after the old pair died. */
    public static TokenFault dropAfterCommit() {
        return plain(true, Kind.RESET);
    }

    /** The answer comes late. */
    public static TokenFault delay(Duration delay) {
        return late(true, Kind.DELAY, delay, null);
    }

    /** The answer comes once the latch is open: the test says when, however slow the machine is. */
    public static TokenFault held(CountDownLatch release) {
        return late(true, Kind.HOLD, Duration.ZERO, release);
    }

    /** No answer for an hour, and nothing was done. */
    public static TokenFault hang() {
        return late(false, Kind.DELAY, Duration.ofHours(1), null);
    }

    /** The answer's body comes in small pieces over this time. */
    public static TokenFault drip(Duration total) {
        return late(true, Kind.DRIP, total, null);
    }

    /** A good status with a page instead of tokens, after the old pair died. */
    public static TokenFault garbage() {
        return answer(true, 200, "<html>welcome</html>", null);
    }

    /** A good status with ten megabytes, after the old pair died. */
    public static TokenFault huge() {
        return answer(true, 200, "x".repeat(10_000_000), null);
    }

    /** A good answer that breaks off half way to the length it announced, after the old pair died. */
    public static TokenFault truncated() {
        return plain(true, Kind.TRUNCATE);
    }

    /** A good status without a body, after the old pair died. */
    public static TokenFault emptyOk() {
        return answer(true, 200, "", null);
    }

    public static TokenFault redirect(int status, String location) {
        return answer(false, status, "", "Location: " + location);
    }

    /** A failing status with a page. */
    public static TokenFault status(int status) {
        return answer(false, status, "<html>error</html>", null);
    }

    /** An OAuth error. */
    public static TokenFault error(int status, String error) {
        return answer(false, status, "{\"error\":\"" + error + "\",\"error_description\":\"scripted\"}", null);
    }

    /** 429 with a plain text body. */
    public static TokenFault throttled(Duration retryAfter) {
        return answer(false, 429, "Too many", "Retry-After: " + retryAfter.toSeconds());
    }

    public static TokenFault unavailable(String retryAfter) {
        return answer(false, 503, "maintenance", "Retry-After: " + retryAfter);
    }

    /** A good answer without these members. */
    public static TokenFault missing(String... members) {
        return new TokenFault(true, Kind.EDIT, 200, "", null, Duration.ZERO, null, Set.of(members), Map.of());
    }

    /** A good answer with another value of this member. */
    public static TokenFault with(String member, Object value) {
        return new TokenFault(true, Kind.EDIT, 200, "", null, Duration.ZERO, null, Set.of(), Map.of(member, value));
    }

    private static TokenFault late(boolean commits, Kind kind, Duration delay, @Nullable CountDownLatch release) {
        return new TokenFault(commits, kind, 200, "", null, delay, release, Set.of(), Map.of());
    }

    private static TokenFault plain(boolean commits, Kind kind) {
        return new TokenFault(commits, kind, 200, "", null, Duration.ZERO, null, Set.of(), Map.of());
    }

    private static TokenFault answer(boolean commits, int status, String body, @Nullable String header) {
        return new TokenFault(commits, Kind.ANSWER, status, body, header, Duration.ZERO, null, Set.of(), Map.of());
    }
}

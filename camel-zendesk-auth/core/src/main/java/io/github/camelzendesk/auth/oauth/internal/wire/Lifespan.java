package io.github.camelzendesk.auth.oauth.internal.wire;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** From when until when a token is good, on the clock of the server that issued it. */
public record Lifespan(@Nullable Instant start, Instant end) {
    public Instant countedFrom(Instant here) {
        try {
            return start == null ? end : here.plus(Duration.between(start, end));
        } catch (DateTimeException | ArithmeticException e) {
            return end;
        }
    }
}

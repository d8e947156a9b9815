package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * How callers wait for a flight: each on a future of its own, no longer than the join timeout, and two seconds at the most
 * while an earlier token is valid. Safe for use by several threads.
 */
final class Waits {
    private static final Duration WITH_EARLIER_TOKEN = Duration.ofSeconds(2);

    private final TokenManager manager;
    private final Connection connection;
    private final Surroundings surroundings;

    Waits(TokenManager manager, Connection connection, Surroundings surroundings) {
        this.manager = manager;
        this.connection = connection;
        this.surroundings = surroundings;
    }

    CompletableFuture<Authorization> join(Flight joined) {
        Authorization old = usable();
        Duration most = connection.timeouts().join();
        Duration patience =
                old == null ? most : shorter(most, WITH_EARLIER_TOKEN).minus(sinceSent(joined));
        if (old != null && (patience.isNegative() || patience.isZero())) {
            return CompletableFuture.completedFuture(old.markUsed());
        }
        CompletableFuture<Authorization> caller = new CompletableFuture<>();
        giveUpAfter(joined, caller, patience, most.minus(patience));
        joined.landing().whenComplete((landed, error) -> settle(caller, landed, error));
        return caller;
    }

    /** Counted from the sending, so that a hanging endpoint holds up the first callers and nobody after. */
    private Duration sinceSent(Flight joined) {
        return Duration.ofNanos(joined.sinceSent(surroundings.nanoTime().getAsLong()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void giveUpAfter(Flight joined, CompletableFuture<Authorization> caller, Duration patience, Duration rest) {
        Engine.Cancellable timeout = surroundings.engine().after(patience, () -> giveUp(joined, caller, rest));
        caller.whenComplete((authorization, error) -> timeout.cancel());
    }

    /** For those who come while nobody should try again. */
    CompletableFuture<Authorization> settled(ZendeskAuthException error) {
        Authorization old = usable();
        return old == null ? CompletableFuture.failedFuture(error) : CompletableFuture.completedFuture(old.markUsed());
    }

    private void settle(
            CompletableFuture<Authorization> caller, @Nullable Authorization landed, @Nullable Throwable error) {
        Authorization answer = landed == null ? usable() : landed;
        if (answer == null) {
            caller.completeExceptionally(Flight.cause(error));
        } else {
            caller.complete(answer.markUsed());
        }
    }

    private void giveUp(Flight joined, CompletableFuture<Authorization> caller, Duration rest) {
        Authorization old = usable();
        if (old != null) {
            caller.complete(old.markUsed());
        } else if (!rest.isZero()) {
            // The earlier token ended meanwhile: from here on they wait as those who have none.
            giveUpAfter(joined, caller, rest, Duration.ZERO);
        } else if (!joined.awaitsPerson()) {
            // A person needs minutes: then the login's own limit ends the flight, and with it this wait.
            caller.completeExceptionally(Refusals.stillUnderWay(connection));
        }
    }

    private @Nullable Authorization usable() {
        Authorization authorization = manager.current();
        boolean usable = authorization != null
                && authorization.isUsable(
                        surroundings.clock().millis(), surroundings.nanoTime().getAsLong());
        return usable ? authorization : null;
    }
}

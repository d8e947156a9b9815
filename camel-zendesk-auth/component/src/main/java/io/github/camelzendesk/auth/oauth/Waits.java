package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * How callers wait for a flight: each on a future of its own, no longer than the join timeout, and with the earlier token
 * as the way out while it is valid. Safe for use by several threads.
 */
final class Waits {
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
        Duration wait = connection.timeouts().join();
        if (old != null) {
            // Counted from the sending, so that a hanging endpoint holds up the first callers and nobody after.
            wait = wait.minusNanos(joined.sinceSent(surroundings.nanoTime().getAsLong()));
            if (wait.isNegative() || wait.isZero()) {
                return CompletableFuture.completedFuture(old.markUsed());
            }
        }
        CompletableFuture<Authorization> caller = new CompletableFuture<>();
        Engine.Cancellable timeout = surroundings.engine().after(wait, () -> giveUp(joined, caller));
        joined.landing().whenComplete((landed, error) -> {
            timeout.cancel();
            settle(caller, landed, error);
        });
        return caller;
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

    private void giveUp(Flight joined, CompletableFuture<Authorization> caller) {
        Authorization old = usable();
        if (old != null) {
            caller.complete(old.markUsed());
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

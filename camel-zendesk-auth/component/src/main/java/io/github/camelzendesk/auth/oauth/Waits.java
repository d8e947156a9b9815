package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * How callers wait for an attempt: each on a future of its own, for the join timeout at most, and for two seconds at
 * most while an earlier token is valid. Safe for use by several threads.
 */
final class Waits {
    private static final Duration WITH_EARLIER_TOKEN = Duration.ofSeconds(2);

    private final CurrentToken token;
    private final Connection connection;
    private final Surroundings surroundings;

    Waits(CurrentToken token, Connection connection, Surroundings surroundings) {
        this.token = token;
        this.connection = connection;
        this.surroundings = surroundings;
    }

    CompletableFuture<Authorization> join(Attempt joined) {
        Authorization old = usable();
        Duration most = connection.timeouts().join();
        Duration patience =
                old == null ? most : shorter(most, WITH_EARLIER_TOKEN).minus(sinceSent(joined));
        if (old != null && (patience.isNegative() || patience.isZero())) {
            return CompletableFuture.completedFuture(old.markUsed());
        }
        CompletableFuture<Authorization> caller = new CompletableFuture<>();
        giveUpAfter(joined, caller, patience, most.minus(patience));
        joined.whenEnded(() -> settle(caller, joined.state()));
        return caller;
    }

    /** Counts from the request, so that an endpoint that hangs delays the first callers only. */
    private Duration sinceSent(Attempt joined) {
        return Duration.ofNanos(joined.sinceSent(surroundings.nanoTime().getAsLong()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void giveUpAfter(
            Attempt joined, CompletableFuture<Authorization> caller, Duration patience, Duration rest) {
        Engine.Cancellable timeout = surroundings.engine().after(patience, () -> giveUp(joined, caller, rest));
        caller.whenComplete((authorization, error) -> timeout.cancel());
    }

    /** Answers callers while no attempt may begin. */
    CompletableFuture<Authorization> settled(ZendeskAuthException error) {
        Authorization old = usable();
        return old == null
                ? CompletableFuture.failedFuture(error.again())
                : CompletableFuture.completedFuture(old.markUsed());
    }

    private void settle(CompletableFuture<Authorization> caller, Attempt.State end) {
        Authorization answer = end instanceof Attempt.Succeeded succeeded ? succeeded.authorization() : usable();
        if (answer != null) {
            complete(caller, answer);
        } else if (end instanceof Attempt.Failed failed) {
            surroundings.engine().complete(caller, null, failed.error().again());
        }
    }

    private void complete(CompletableFuture<Authorization> caller, Authorization answer) {
        surroundings.engine().complete(caller, answer.markUsed(), null);
    }

    private void giveUp(Attempt joined, CompletableFuture<Authorization> caller, Duration rest) {
        Authorization old = usable();
        if (old != null) {
            complete(caller, old);
        } else if (!rest.isZero()) {
            // The earlier token has expired meanwhile: now the whole join timeout counts.
            giveUpAfter(joined, caller, rest, Duration.ZERO);
        } else if (!joined.awaitsPerson()) {
            // A login takes minutes: its own limit ends the attempt, and with it this wait.
            surroundings.engine().complete(caller, null, Refusals.stillUnderWay(connection));
        }
    }

    private @Nullable Authorization usable() {
        return token.usable(surroundings.nanoTime().getAsLong());
    }
}

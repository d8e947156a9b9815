package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.oauth.internal.rotation.ErrorMessages;

/**
 * How callers wait for an attempt: each on a future of its own, for the join timeout at most, and for two seconds at
 * most while an earlier token is valid. Thread-safe.
 */
public final class RefreshWaiters {
    private static final Duration WITH_EARLIER_TOKEN = Duration.ofSeconds(2);

    private final CurrentToken token;
    private final Connection connection;
    private final EngineContext context;

    RefreshWaiters(CurrentToken token, Connection connection, EngineContext context) {
        this.token = token;
        this.connection = connection;
        this.context = context;
    }

    CompletableFuture<Authorization> join(Attempt joined) {
        ExpiringAuthorization old = usable();
        Duration most = connection.timeouts().join();
        Duration patience =
                old == null ? most : shorter(most, WITH_EARLIER_TOKEN).minus(sinceSent(joined));
        if (old != null && (patience.isNegative() || patience.isZero())) {
            return CompletableFuture.completedFuture(old.use());
        }
        CompletableFuture<Authorization> caller = new CompletableFuture<>();
        giveUpAfter(joined, caller, patience, most.minus(patience));
        joined.whenEnded(() -> settle(caller, joined.state()));
        return caller;
    }

    /** Counts from the request, so that an endpoint that hangs delays the first callers only. */
    private Duration sinceSent(Attempt joined) {
        return Duration.ofNanos(joined.sinceSent(context.nanoTime().getAsLong()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void giveUpAfter(
            Attempt joined, CompletableFuture<Authorization> caller, Duration patience, Duration rest) {
        TaskScheduler.Cancellable timeout = context.engine().after(patience, () -> giveUp(joined, caller, rest));
        caller.whenComplete((authorization, error) -> timeout.cancel());
    }

    /** Answers callers while no attempt may begin. */
    CompletableFuture<Authorization> settled(ZendeskAuthException error) {
        ExpiringAuthorization old = usable();
        return old == null
                ? CompletableFuture.failedFuture(error.again())
                : CompletableFuture.completedFuture(old.use());
    }

    private void settle(CompletableFuture<Authorization> caller, Attempt.State end) {
        ExpiringAuthorization answer =
                end instanceof Attempt.Succeeded succeeded ? succeeded.authorization() : usable();
        if (answer != null) {
            complete(caller, answer);
        } else if (end instanceof Attempt.Failed failed) {
            context.engine().complete(caller, null, failed.error().again());
        }
    }

    private void complete(CompletableFuture<Authorization> caller, ExpiringAuthorization answer) {
        context.engine().complete(caller, answer.use(), null);
    }

    private void giveUp(Attempt joined, CompletableFuture<Authorization> caller, Duration rest) {
        ExpiringAuthorization old = usable();
        if (old != null) {
            complete(caller, old);
        } else if (!rest.isZero()) {
            // The earlier token has expired meanwhile: now the whole join timeout counts.
            giveUpAfter(joined, caller, rest, Duration.ZERO);
        } else if (!joined.awaitsPerson()) {
            // A login takes minutes: its own limit ends the attempt, and with it this wait.
            context.engine().complete(caller, null, ErrorMessages.stillUnderWay(connection));
        }
    }

    private @Nullable ExpiringAuthorization usable() {
        return token.usable(context.nanoTime().getAsLong());
    }
}

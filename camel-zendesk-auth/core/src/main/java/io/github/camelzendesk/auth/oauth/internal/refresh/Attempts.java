package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.oauth.internal.rotation.ErrorMessages;
import io.github.camelzendesk.auth.oauth.internal.rotation.TokenRequirement;
import io.github.camelzendesk.auth.oauth.internal.rotation.TokenSource;
import io.github.camelzendesk.auth.settings.OAuthSettings;

/**
 * Begins attempts to obtain tokens, one at a time, and lets callers wait for them. Thread-safe.
 */
final class Attempts implements AttemptRun.Turns {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Connection connection;
    private final TaskScheduler engine;
    private final TokenSource source;
    private final Guarded guarded;
    private final RefreshWaiters waits;
    private final AttemptRun run;

    Attempts(Connection connection, EngineContext context, TokenSource source, Guarded guarded, AttemptRun.Ends ends) {
        this.connection = connection;
        this.engine = context.engine();
        this.source = source;
        this.guarded = guarded;
        this.waits = new RefreshWaiters(guarded.token(), connection, context);
        this.run = new AttemptRun(connection, context, source, guarded, ends, this);
    }

    /** The current token, or the one that the attempt under way brings. */
    CompletableFuture<Authorization> join() {
        Joined joined = guarded.get(this::joined);
        if (joined.begun != null) {
            take(joined.begun);
        }
        return joined.caller;
    }

    private record Joined(CompletableFuture<Authorization> caller, @Nullable Attempt begun) {}

    private Joined joined() {
        Authorization fresh = guarded.token().fresh();
        if (fresh != null) {
            return new Joined(CompletableFuture.completedFuture(fresh), null);
        }
        Attempt underWay = guarded.attempts().current();
        if (underWay != null) {
            return new Joined(waits.join(underWay), null);
        }
        ZendeskAuthException refused = refusal();
        if (refused != null) {
            return new Joined(waits.settled(refused), null);
        }
        Attempt begun = new Attempt(need());
        CompletableFuture<Authorization> caller = waits.join(begun);
        // Last: when no thread can be started, no attempt may be left that no thread runs.
        guarded.attempts().begin(begun);
        return new Joined(caller, begun);
    }

    private TokenRequirement need() {
        return TokenRequirement.newerThan(
                guarded.token().staleThrough(), source.settings().current());
    }

    /** The token that comes next, if it comes without a person. */
    CompletableFuture<Authorization> demandAlone() {
        return demand(guarded.get(this::need).alone());
    }

    /** Why no attempt begins now; null when one may. */
    private @Nullable ZendeskAuthException refusal() {
        return guarded.attempts().isClosed()
                ? ErrorMessages.closed(connection)
                : guarded.failures().recent();
    }

    /** Queues an attempt for this need. A code overtakes an attempt that waits for a person. */
    CompletableFuture<Authorization> demand(TokenRequirement need) {
        CompletableFuture<Authorization> result = new CompletableFuture<>();
        guarded.change(
                () -> guarded.attempts().ask(need, end -> answer(result, end), ErrorMessages.closed(connection)));
        next();
        return result;
    }

    private void answer(CompletableFuture<Authorization> result, Attempt.State end) {
        if (end instanceof Attempt.Succeeded succeeded) {
            engine.complete(result, succeeded.authorization().peek(), null);
        } else if (end instanceof Attempt.Failed failed) {
            engine.complete(result, null, failed.error().again());
        }
    }

    @Override
    public void take(Attempt attempt) {
        if (!isQueued(attempt)) {
            next();
        }
    }

    /** Goes on to the one after when an attempt finds no thread. */
    @Override
    public void next() {
        AttemptQueue.Next next = guarded.get(guarded.attempts()::next);
        while (next != null) {
            callOff(next.login());
            next = isQueued(next.attempt()) ? null : guarded.get(guarded.attempts()::next);
        }
    }

    private void callOff(@Nullable CompletableFuture<AuthorizationCode> login) {
        if (login != null) {
            LOG.info("Connection {}: the login is not needed any more, a code came first", connection.describe());
            Attempt.callOff(login);
        }
    }

    /** False when no thread will run the attempt, which has ended then. */
    private boolean isQueued(Attempt attempt) {
        try {
            engine.call(connection.url(), new Turn(attempt));
            return true;
        } catch (RejectedExecutionException e) {
            return new Turn(attempt).isSaved(e);
        } catch (RuntimeException | Error e) {
            end(attempt, ErrorMessages.notBegun(connection, e));
            return false;
        }
    }

    private final class Turn implements TaskScheduler.Work {
        private final Attempt attempt;

        Turn(Attempt attempt) {
            this.attempt = attempt;
        }

        @Override
        public void run() {
            run.run(attempt);
        }

        @Override
        public void refuse(RejectedExecutionException e) {
            if (!isSaved(e)) {
                next();
            }
        }

        /** The JVM is about to end. A code is sent all the same, because it would have expired later. */
        boolean isSaved(RejectedExecutionException e) {
            boolean hasCode = attempt.need().code() != null;
            if (hasCode) {
                engine.spawn(this);
            } else {
                end(attempt, ErrorMessages.notBegun(connection, e));
            }
            return hasCode;
        }
    }

    private void end(Attempt attempt, ZendeskAuthException error) {
        guarded.change(() -> guarded.attempts().end(attempt, new Attempt.Failed(error)));
    }

    /**
     * The request is about to be sent. Zendesk may revoke the earlier token before it answers, so callers
     * wait a little.
     */
    void sending(long nanos) {
        guarded.run(() -> {
            Attempt sent = guarded.attempts().current();
            if (sent != null) {
                sent.sent(nanos);
            }
            guarded.token().enterRenewal();
        });
    }

    /**
     * Ends the attempt that settings from another process make unnecessary. Called under the lock.
     *
     * @return what to do after the lock is released
     */
    Runnable adopted(OAuthSettings settings) {
        guarded.failures().forget();
        ExpiringAuthorization current = guarded.token().current();
        List<Runnable> toDo = current == null ? List.of() : guarded.attempts().adopted(settings, current);
        return () -> {
            toDo.forEach(Runnable::run);
            next();
        };
    }

    /**
     * Waits for the attempt that runs; one that waits for its turn or for a person fails at once. None begins after.
     */
    void close() {
        guarded.change(() -> guarded.attempts().close(ErrorMessages.closed(connection)));
        CountDownLatch ended = new CountDownLatch(1);
        whenIdle(ended::countDown);
        await(ended);
    }

    /** Has this done when nothing is under way. */
    void whenIdle(Runnable told) {
        guarded.change(() -> {
            Attempt running = guarded.attempts().current();
            if (running == null) {
                return List.of(told);
            }
            running.whenEnded(told);
            return List.of();
        });
    }

    /** A little longer than a token request may take. */
    private void await(CountDownLatch ended) {
        Duration most = connection.timeouts().exchange().plus(GRACE);
        try {
            if (!ended.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("Connection {}: closed with a token request under way", connection.describe());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

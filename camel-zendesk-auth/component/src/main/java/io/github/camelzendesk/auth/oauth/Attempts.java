package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.settings.OAuthSettings;

/**
 * When an attempt to obtain tokens begins, and who waits for it: there is one at a time. Safe for use by several threads.
 */
final class Attempts implements AttemptRun.Turns {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Connection connection;
    private final Engine engine;
    private final TokenSource rotation;
    private final Guarded guarded;
    private final Waits waits;
    private final AttemptRun run;

    Attempts(
            Connection connection,
            Surroundings surroundings,
            TokenSource rotation,
            Guarded guarded,
            AttemptRun.Ends ends) {
        this.connection = connection;
        this.engine = surroundings.engine();
        this.rotation = rotation;
        this.guarded = guarded;
        this.waits = new Waits(guarded.token(), connection, surroundings);
        this.run = new AttemptRun(connection, surroundings, rotation, guarded, ends, this);
    }

    /** Waits with all others for the token that comes next. */
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
        // Last: where a wait fails for want of a thread, nothing may be under way that nobody runs.
        guarded.attempts().begin(begun);
        return new Joined(caller, begun);
    }

    private Need need() {
        return Need.newerThan(guarded.token().staleThrough(), rotation.held());
    }

    /** The token that comes next, if it comes without a person. */
    CompletableFuture<Authorization> demandAlone() {
        return demand(guarded.get(this::need).alone());
    }

    /** Why nothing is begun at present. */
    private @Nullable ZendeskAuthException refusal() {
        return guarded.attempts().isClosed()
                ? Refusals.closed(connection)
                : guarded.setbacks().recent();
    }

    /** An attempt for a need of its own, after those that were asked for before; a code does not wait for a person. */
    CompletableFuture<Authorization> demand(Need need) {
        CompletableFuture<Authorization> result = new CompletableFuture<>();
        guarded.change(() -> guarded.attempts().ask(need, end -> answer(result, end), Refusals.closed(connection)));
        next();
        return result;
    }

    private void answer(CompletableFuture<Authorization> result, Attempt.State end) {
        if (end instanceof Attempt.Landed landed) {
            engine.complete(result, landed.authorization(), null);
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

    /** Also what was asked for after one that finds no thread. */
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

    /** False when the attempt has ended, because nothing will run it. */
    private boolean isQueued(Attempt attempt) {
        try {
            engine.call(connection.url(), new Turn(attempt));
            return true;
        } catch (RejectedExecutionException e) {
            return new Turn(attempt).isSaved(e);
        } catch (RuntimeException | Error e) {
            end(attempt, Refusals.notBegun(connection, e));
            return false;
        }
    }

    private final class Turn implements Engine.Work {
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

        /** The JVM is about to end. A code would be worth nothing later, so it goes out all the same. */
        boolean isSaved(RejectedExecutionException e) {
            boolean hasCode = attempt.need().code() != null;
            if (hasCode) {
                engine.spawn(this);
            } else {
                end(attempt, Refusals.notBegun(connection, e));
            }
            return hasCode;
        }
    }

    private void end(Attempt attempt, ZendeskAuthException error) {
        guarded.change(() -> guarded.attempts().end(attempt, new Attempt.Failed(error)));
    }

    /** The request leaves. Zendesk may kill the earlier token at any moment until the answer, so callers wait a little. */
    void sending(long nanos) {
        guarded.get(() -> {
            Attempt sent = guarded.attempts().current();
            if (sent != null) {
                sent.sent(nanos);
            }
            guarded.token().enterRenewal();
            return sent;
        });
    }

    /**
     * Under the lock: what another brought is in use.
     *
     * @return what is to be done without it
     */
    Runnable adopted(OAuthSettings settings) {
        guarded.setbacks().forget();
        Authorization landed = guarded.token().current();
        List<Runnable> toDo = landed == null ? List.of() : guarded.attempts().adopted(settings, landed);
        return () -> {
            toDo.forEach(Runnable::run);
            next();
        };
    }

    /** Begins nothing any more. What runs lands first; what waits, for its turn or a person, is answered at once. */
    void close() {
        guarded.change(() -> guarded.attempts().close(Refusals.closed(connection)));
        CountDownLatch landed = new CountDownLatch(1);
        whenIdle(landed::countDown);
        await(landed);
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
    private void await(CountDownLatch landed) {
        Duration most = connection.timeouts().exchange().plus(GRACE);
        try {
            if (!landed.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("Connection {}: closed with a token request under way", connection.describe());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

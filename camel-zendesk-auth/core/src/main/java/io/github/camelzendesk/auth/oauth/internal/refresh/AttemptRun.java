package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.AuthorizationUrl;
import io.github.camelzendesk.auth.oauth.Authorizer;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.oauth.internal.rotation.ErrorMessages;
import io.github.camelzendesk.auth.oauth.internal.rotation.TokenRequirement;
import io.github.camelzendesk.auth.oauth.internal.rotation.TokenSource;

/**
 * Runs an attempt from its turn to its end: renews, and asks a person when nothing else helps. Thread-safe.
 */
final class AttemptRun {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Connection connection;
    private final EngineContext context;
    private final TokenSource source;
    private final Guarded guarded;
    private final Ends ends;
    private final Turns turns;

    /** What follows an attempt. Called without a lock, after its callers were answered. */
    interface Ends {
        /** Under the lock, before anybody hears of it; without an error when it succeeded. */
        void ending(@Nullable ZendeskAuthException error);

        void succeeded(TokenSource.Renewal renewal, Duration duration);

        void failed(ZendeskAuthException error, Duration duration);

        /** The attempt has not ended: it waits for a person. */
        void awaitsPerson();
    }

    /** The turns of all attempts. */
    interface Turns {
        void take(Attempt attempt);

        /** Begins what can begin now. */
        void next();
    }

    AttemptRun(
            Connection connection, EngineContext context, TokenSource source, Guarded guarded, Ends ends, Turns turns) {
        this.connection = connection;
        this.context = context;
        this.source = source;
        this.guarded = guarded;
        this.ends = ends;
        this.turns = turns;
    }

    /** Runs on a thread of the engine. Does nothing when the attempt ended while it waited for its turn. */
    void run(Attempt attempt) {
        if (!guarded.get(attempt::begin)) {
            return;
        }
        try {
            succeed(attempt, source.renew(attempt.need()));
        } catch (AuthorizationRequired e) {
            askOrFail(attempt, e);
        } catch (InterruptedException | RuntimeException | Error e) {
            fail(attempt, ErrorMessages.of(connection, e));
        }
    }

    private void succeed(Attempt attempt, TokenSource.Renewal renewal) {
        Duration duration = sinceSent(attempt);
        guarded.change(() -> {
            guarded.failures().forget();
            ends.ending(null);
            ExpiringAuthorization current = guarded.token().current();
            return guarded.attempts()
                    .end(
                            attempt,
                            current == null
                                    ? new Attempt.Failed(ErrorMessages.closed(connection))
                                    : new Attempt.Succeeded(current));
        });
        ends.succeeded(renewal, duration);
        turns.next();
    }

    private void fail(Attempt attempt, ZendeskAuthException error) {
        Duration duration = sinceSent(attempt);
        guarded.change(() -> {
            guarded.failures().remember(error);
            ends.ending(error);
            return guarded.attempts().end(attempt, new Attempt.Failed(error));
        });
        ends.failed(error, duration);
        turns.next();
    }

    private Duration sinceSent(Attempt attempt) {
        return Duration.ofNanos(attempt.sinceSent(context.nanoTime().getAsLong()));
    }

    private void askOrFail(Attempt attempt, AuthorizationRequired why) {
        Authorizer authorizer = context.authorizer();
        if (authorizer == null
                || attempt.need().code() != null
                || attempt.need().unattended()
                || !(connection.credentials() instanceof Credentials.Grant grant)) {
            fail(attempt, why);
            return;
        }
        LOG.info("Login needed: {}", why.getMessage());
        try {
            await(attempt, authorizer.authorize(AuthorizationUrl.of(connection, grant)));
        } catch (RuntimeException | Error e) {
            // An Authorizer is an application's code: whatever it throws, the attempt must end, or no other begins.
            fail(attempt, ErrorMessages.unexpected(connection, e));
        }
    }

    private void await(Attempt attempt, CompletableFuture<AuthorizationCode> login) {
        guarded.change(() -> {
            attempt.await(login);
            return guarded.attempts().isClosed()
                    ? guarded.attempts().end(attempt, new Attempt.Failed(ErrorMessages.closed(connection)))
                    : List.of();
        });
        // The authorizer has a limit of its own; this one is for those that do not keep it.
        Duration most = connection.timeouts().login().plus(GRACE);
        TaskScheduler engine = context.engine();
        TaskScheduler.Cancellable limit =
                engine.after(most, () -> engine.spawn(() -> loggedIn(attempt, login, null, null)));
        login.whenComplete((code, error) -> {
            limit.cancel();
            loggedIn(attempt, login, code, error);
        });
        ends.awaitsPerson();
        turns.next();
    }

    /** Does nothing when the attempt went on or ended without the person. */
    private void loggedIn(
            Attempt attempt,
            CompletableFuture<AuthorizationCode> login,
            @Nullable AuthorizationCode code,
            @Nullable Throwable error) {
        boolean awaited = guarded.get(() -> {
            boolean own = attempt.awaits(login);
            if (own && code != null) {
                attempt.goOn(TokenRequirement.exchange(code));
            }
            return own;
        });
        if (awaited && code != null) {
            turns.take(attempt);
        } else if (awaited) {
            fail(attempt, ErrorMessages.ofLogin(connection, error));
        }
    }
}

package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;

/**
 * Decides when a flight is begun, who waits for it, and what its failure means for those who come later. Safe for use by
 * several threads. The lock is never held while anything blocks.
 */
final class Renewal {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(5);
    /** An ended grant may be replaced by a login elsewhere at any time, and looking costs a read of the store. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private static final Duration ASK_AGAIN = Duration.ofSeconds(30);

    private final TokenManager manager;
    private final Connection connection;
    private final Surroundings surroundings;
    private final BackOff backOff;
    private final RejectionLimit rejections;
    private final Schedule schedule;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Rotation rotation; // set once, before the manager is handed out; null for fixed credentials
    private @Nullable Flight flight; // guarded by lock
    private @Nullable Failure failure; // guarded by lock
    private boolean closed; // guarded by lock
    private long staleThrough = -1; // guarded by lock
    private volatile String lastOutcome = "none yet";

    private record Failure(ZendeskAuthException error, long untilNanos) {}

    private Renewal(TokenManager manager, Connection connection, Surroundings surroundings) {
        this.manager = manager;
        this.connection = connection;
        this.surroundings = surroundings;
        this.backOff = new BackOff(surroundings.random());
        this.rejections = new RejectionLimit(surroundings.nanoTime());
        this.schedule = new Schedule(surroundings.engine(), surroundings.clock(), surroundings.random());
    }

    static Renewal of(
            TokenManager manager,
            Connection connection,
            SettingsStore store,
            AuthorizationServer server,
            Surroundings surroundings) {
        Renewal renewal = new Renewal(manager, connection, surroundings);
        if (connection.credentials() instanceof Credentials.Renewable renewable) {
            Spend spend = new Spend(
                    connection,
                    renewable.client(),
                    server,
                    surroundings.clock(),
                    surroundings.engine(),
                    renewal::beforeSending);
            renewal.rotation = new Rotation(
                    connection, renewable, store, surroundings.clock(), new Expiry(server), spend, renewal::publish);
        } else if (connection.credentials() instanceof Credentials.Fixed fixed) {
            manager.publish(new Authorization(fixed.header().reveal(), 0, Long.MAX_VALUE, Long.MAX_VALUE));
        }
        return renewal;
    }

    /** Takes over what the store holds, so that the first call finds it, and an idle grant is kept alive. */
    void start() {
        Rotation known = rotation;
        if (known != null) {
            surroundings.engine().execute(() -> {
                try {
                    known.adoptStored();
                } catch (SettingsStoreException e) {
                    LOG.warn("Connection {}: {}", connection.describe(), e.getMessage());
                }
            });
        }
    }

    CompletableFuture<Authorization> join() {
        lock.lock();
        try {
            Authorization fresh = manager.fresh();
            if (fresh != null) {
                return CompletableFuture.completedFuture(fresh);
            }
            if (flight == null && failure != null && surroundings.nanoTime().getAsLong() - failure.untilNanos < 0) {
                return settled(failure.error);
            }
            return waitFor(flight == null ? begin(new Need(staleThrough, null)) : flight);
        } finally {
            lock.unlock();
        }
    }

    /** A flight for a need of its own, after the one that is under way. */
    CompletableFuture<Authorization> demand(Need need) {
        lock.lock();
        try {
            if (flight == null) {
                return begin(need).landing().copy();
            }
            return flight.landing().handle((landed, error) -> null).thenCompose(done -> demand(need));
        } finally {
            lock.unlock();
        }
    }

    boolean reject(long generation) {
        lock.lock();
        try {
            Authorization used = manager.current();
            if (rotation == null || used == null) {
                LOG.warn(
                        "Connection {}: Zendesk refused the credentials (401). They are used as configured; renew them"
                                + " by hand, or let OAuth do it with initiateOAuth.",
                        connection.describe());
                return false;
            }
            if (used.generation() != generation) {
                return used.generation() > generation;
            }
            if (staleThrough < generation) {
                if (!rejections.allows()) {
                    return false;
                }
                staleThrough = generation;
                manager.publish(used.dead());
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Rotation rotation() {
        return rotation;
    }

    String lastOutcome() {
        return lastOutcome;
    }

    boolean isUnderWay() {
        lock.lock();
        try {
            return flight != null;
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Instant nextRefresh() {
        return schedule.next();
    }

    /** Nobody takes the current value any more: it was revoked. */
    void forget() {
        lock.lock();
        try {
            manager.publish(null);
            schedule.cancel();
            failure = null;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        CompletableFuture<Authorization> underWay;
        lock.lock();
        try {
            closed = true;
            schedule.cancel();
            underWay = flight == null || flight.awaitsPerson() ? null : flight.landing();
        } finally {
            lock.unlock();
        }
        if (underWay != null) {
            await(underWay);
        }
        flushAtClose();
    }

    private CompletableFuture<Authorization> waitFor(Flight joined) {
        Authorization old = usable();
        Duration join = connection.timeouts().join();
        Duration wait = old == null
                ? join
                : join.minusNanos(joined.sinceSent(surroundings.nanoTime().getAsLong()));
        if (old != null && (wait.isNegative() || wait.isZero())) {
            return CompletableFuture.completedFuture(old);
        }
        CompletableFuture<Authorization> caller = new CompletableFuture<>();
        Engine.Cancellable timeout = surroundings.engine().after(wait, () -> giveUp(joined, caller));
        joined.landing().whenComplete((landed, error) -> {
            timeout.cancel();
            settle(caller, landed, error);
        });
        return caller;
    }

    private void settle(
            CompletableFuture<Authorization> caller, @Nullable Authorization landed, @Nullable Throwable error) {
        if (landed != null) {
            caller.complete(landed.markUsed());
            return;
        }
        Authorization old = usable();
        if (old != null) {
            caller.complete(old.markUsed());
        } else {
            caller.completeExceptionally(unwrapped(error));
        }
    }

    private void giveUp(Flight joined, CompletableFuture<Authorization> caller) {
        Authorization old = usable();
        if (old != null) {
            caller.complete(old.markUsed());
        } else if (joined.awaitsPerson()) {
            // A person needs minutes; the login's own limit ends the flight, and with it this wait.
            return;
        } else {
            caller.completeExceptionally(Refusals.stillUnderWay(connection));
        }
    }

    private CompletableFuture<Authorization> settled(ZendeskAuthException error) {
        Authorization old = usable();
        return old == null ? CompletableFuture.failedFuture(error) : CompletableFuture.completedFuture(old.markUsed());
    }

    private @Nullable Authorization usable() {
        Authorization authorization = manager.current();
        return authorization != null
                        && authorization.isUsable(surroundings.clock().millis())
                ? authorization
                : null;
    }

    /** Under the lock. */
    private Flight begin(Need need) {
        Flight begun = new Flight(need);
        Rotation able = rotation;
        if (closed || able == null) {
            begun.landing().completeExceptionally(Refusals.closed(connection));
            return begun;
        }
        flight = begun;
        try {
            surroundings.engine().execute(() -> fly(able, begun, need));
        } catch (RejectedExecutionException e) {
            flight = null;
            begun.landing().completeExceptionally(Refusals.closed(connection));
        }
        return begun;
    }

    private void fly(Rotation able, Flight flying, Need need) {
        try {
            able.renew(need);
            succeed(flying);
        } catch (AuthorizationRequired e) {
            loginOrFail(able, flying, e);
        } catch (ZendeskAuthException e) {
            fail(flying, e);
        } catch (SettingsStoreException e) {
            fail(flying, new SettingsUnavailable(String.valueOf(e.getMessage()), e));
        } catch (InterruptedException | RuntimeException | Error e) {
            // The class only: whatever this is, its message is not ours and may quote what it met.
            fail(
                    flying,
                    new TokenEndpointUnavailable(
                            "Connection " + connection.describe() + ": unexpected "
                                    + e.getClass().getName(),
                            null,
                            e));
        }
    }

    private void loginOrFail(Rotation able, Flight flying, AuthorizationRequired why) {
        Authorizer authorizer = surroundings.authorizer();
        boolean alreadyAsked = flying.need().code() != null || flying.awaitsPerson();
        if (authorizer == null || alreadyAsked || !(connection.credentials() instanceof Credentials.Grant grant)) {
            fail(flying, why);
            return;
        }
        LOG.info("Login needed: {}", why.getMessage());
        flying.markAwaitsPerson();
        authorizer.authorize(Administration.authorizationUrl(connection, grant)).whenComplete((code, error) -> {
            if (code == null) {
                fail(flying, remedial(error));
            } else {
                surroundings.engine().execute(() -> fly(able, flying, Need.exchange(code)));
            }
        });
    }

    private ZendeskAuthException remedial(@Nullable Throwable error) {
        Throwable cause = unwrapped(error);
        return cause instanceof ZendeskAuthException known
                ? known
                : new AuthorizationRequired(
                        AuthorizationRequired.Reason.LOGIN_FAILED,
                        "The login of connection " + connection.describe() + " ended without a result.");
    }

    private void succeed(Flight flown) {
        Authorization landed;
        lock.lock();
        try {
            flight = null;
            failure = null;
            backOff.reset();
            landed = manager.current();
        } finally {
            lock.unlock();
        }
        lastOutcome = "succeeded at " + surroundings.clock().instant();
        if (landed == null) {
            flown.landing().completeExceptionally(Refusals.closed(connection));
        } else {
            flown.landing().complete(landed);
        }
        flushSoon();
    }

    private void fail(Flight flown, ZendeskAuthException error) {
        lock.lock();
        try {
            flight = null;
            failure = new Failure(
                    error,
                    surroundings.nanoTime().getAsLong() + pauseAfter(error).toNanos());
        } finally {
            lock.unlock();
        }
        lastOutcome =
                error.getClass().getSimpleName() + " at " + surroundings.clock().instant();
        LOG.warn("No new token. {}", error.getMessage());
        flown.landing().completeExceptionally(error);
        Authorization current = manager.current();
        if (current != null && current.wasUsed() && !(error instanceof AuthorizationRequired)) {
            schedule.retry(pauseAfter(error), this::proactively);
        }
    }

    private Duration pauseAfter(ZendeskAuthException error) {
        if (error instanceof AuthorizationRequired required) {
            return required.reason() == AuthorizationRequired.Reason.LOGIN_FAILED ? ASK_AGAIN : LOOK_AGAIN;
        }
        if (error instanceof TokenEndpointUnavailable unavailable
                && unavailable.retryAfter().isPresent()) {
            return unavailable.retryAfter().get();
        }
        return backOff.next();
    }

    /** From here until the answer Zendesk may kill the old token at any moment, so callers wait a little. */
    private void beforeSending() {
        lock.lock();
        try {
            if (flight != null) {
                flight.markSent(surroundings.nanoTime().getAsLong());
            }
            Authorization old = manager.current();
            if (old != null) {
                manager.publish(old.inRenewal());
            }
        } finally {
            lock.unlock();
        }
    }

    private void publish(OAuthSettings settings) {
        Authorization next = schedule.authorization(settings);
        lock.lock();
        try {
            Authorization before = manager.current();
            if (next != null && before != null && before.wasUsed() && before.generation() == next.generation()) {
                next.markUsed();
            }
            manager.publish(next);
            if (!closed) {
                schedule.plan(settings, this::proactively, this::keepAlive);
            }
        } finally {
            lock.unlock();
        }
    }

    private void proactively() {
        Authorization current = manager.current();
        // Nobody used this token: to renew it would spend a refresh token for nothing.
        if (current != null && current.wasUsed()) {
            demand(Need.newerThan(current.generation()));
        }
    }

    private void keepAlive(long generation) {
        Authorization current = manager.current();
        if (current == null || current.generation() <= generation) {
            demand(Need.newerThan(generation));
        }
    }

    private void flushSoon() {
        Rotation able = rotation;
        if (able != null && able.isDirty()) {
            surroundings
                    .engine()
                    .after(backOff.next(), () -> surroundings.engine().execute(() -> flush(able)));
        }
    }

    private void flush(Rotation able) {
        if (!stored(able)) {
            flushSoon();
        }
    }

    private void flushAtClose() {
        Rotation able = rotation;
        if (able != null && able.isDirty()) {
            stored(able);
        }
    }

    /** Stores what memory holds, and tells whether nothing is left to do; an interrupt ends the attempts. */
    private static boolean stored(Rotation able) {
        try {
            return able.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void await(CompletableFuture<Authorization> underWay) {
        Duration grace = connection.timeouts().exchange().plus(SHUTDOWN_GRACE);
        try {
            underWay.get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            LOG.debug("Connection {}: closed with a token request that did not succeed", connection.describe(), e);
        }
    }

    private static Throwable unwrapped(@Nullable Throwable error) {
        Throwable cause = error instanceof CompletionException ? error.getCause() : error;
        return cause == null ? new IllegalStateException("no result and no error") : cause;
    }
}

package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;

/**
 * Decides when a flight is begun, who waits for it, and what its end means for those who come later. Safe for use by
 * several threads. The lock is never held while anything blocks.
 */
final class Renewal {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final TokenManager manager;
    private final Connection connection;
    private final Surroundings surroundings;
    private final SettingsStore store;
    private final Rotation rotation;
    private final FlightRun run;
    private final Waits waits;
    private final Announcer announcer;
    private final Unsaved unsaved;
    private final SettingsWatch watch;
    private final ReentrantLock lock = new ReentrantLock();
    private final Schedule schedule; // guarded by lock
    private final Setbacks setbacks; // guarded by lock
    private final CurrentToken token; // guarded by lock
    private @Nullable Flight flight; // guarded by lock
    private boolean closed; // guarded by lock
    private boolean lookMissed; // guarded by lock
    private boolean isOver; // guarded by lock
    private volatile String lastOutcome = "none yet";
    private volatile String lastLogged = "";

    Renewal(
            TokenManager manager,
            Connection connection,
            SettingsStore store,
            AuthorizationServer server,
            Surroundings surroundings) {
        this.manager = manager;
        this.connection = connection;
        this.surroundings = surroundings;
        this.store = store;
        this.rotation = new Rotation(connection, store, server, surroundings, this::beforeSending, this::publish);
        this.run = new FlightRun(connection, rotation, surroundings, this);
        this.waits = new Waits(manager, connection, surroundings);
        this.announcer = new Announcer(connection, rotation, surroundings);
        this.unsaved = new Unsaved(rotation, surroundings, announcer);
        this.watch = new SettingsWatch(store, surroundings, this::look);
        this.schedule = new Schedule(connection, surroundings, this::due, this::keepAlive);
        this.setbacks = new Setbacks(surroundings.nanoTime(), surroundings.random());
        this.token = new CurrentToken(manager, surroundings.nanoTime());
    }

    Connection connection() {
        return connection;
    }

    /** Takes over what the store holds, so that the first call finds it, and goes on watching the store. */
    void start() {
        Siblings.join(store.identity(), this);
        inBackground(watch::start);
    }

    CompletableFuture<Authorization> join() {
        lock.lock();
        try {
            Authorization fresh = manager.fresh();
            if (fresh != null) {
                return CompletableFuture.completedFuture(fresh);
            }
            ZendeskAuthException recent = flight == null ? setbacks.recent() : null;
            return recent == null
                    ? waits.join(flight == null ? begin(Need.newerThan(token.staleThrough())) : flight)
                    : waits.settled(recent);
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
            return token.reject(generation);
        } finally {
            lock.unlock();
        }
    }

    /** Takes over what the store holds, unless a flight is about to do so anyway. Blocks on the store. */
    void look() {
        long before;
        lock.lock();
        try {
            lookMissed = isFlying();
            if (closed || lookMissed) {
                return;
            }
            before = token.changes();
        } finally {
            lock.unlock();
        }
        try {
            if (takeOver(rotation.known(), before)) {
                lastLogged = "";
                announcer.adopted();
            }
        } catch (SettingsStoreException e) {
            LOG.warn("Connection {}: {}", connection.describe(), e.getMessage());
        }
    }

    void lookSoon() {
        inBackground(this::look);
    }

    private boolean takeOver(OAuthSettings stored, long before) {
        lock.lock();
        try {
            lookMissed = isFlying();
            if (closed || lookMissed || token.changes() != before) {
                return false;
            }
            setbacks.forgetWhatSettingsMayCure();
            isOver = rotation.needsPerson(stored);
            schedule.planKeepAlive(stored);
            if (rotation.adoptStored(stored)) {
                LOG.debug("Connection {}: adopted generation {}", connection.describe(), stored.generation());
                finishForeign();
                return true;
            }
            if (rotation.isSuperseded(stored)) {
                token.retire();
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** What was not looked at because of a flight: the flight may have read the store before it changed. */
    private void lookAgainIfMissed() {
        boolean missed;
        lock.lock();
        try {
            missed = lookMissed;
            lookMissed = false;
        } finally {
            lock.unlock();
        }
        if (missed) {
            lookSoon();
        }
    }

    /** Under the lock. A flight that waits, for its person or its turn, was overtaken by another one. */
    private void finishForeign() {
        setbacks.forget();
        Authorization adopted = manager.current();
        if (flight != null && adopted != null) {
            flight.landing().complete(adopted);
            flight = null;
        }
    }

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

    /**
     * Why no valid token can be had at present: the last attempt failed, and its repetition is to come by itself. Null when
     * there is one, or when the next caller may try: a process that is called only while it is ready must get that call.
     */
    @Nullable
    ZendeskAuthException shortfall() {
        lock.lock();
        try {
            long now = surroundings.clock().millis();
            Instant planned = schedule.next();
            boolean goesOn =
                    setbacks.recent() != null || flight != null || (planned != null && now < planned.toEpochMilli());
            return holdsValid() || !goesOn ? null : setbacks.last();
        } finally {
            lock.unlock();
        }
    }

    /** What memory alone tells. A grant that is over counts more than the rest of its last token's life. */
    Condition condition() {
        if (rotation.isDirty()) {
            return Condition.DIRTY;
        }
        lock.lock();
        try {
            if (!isOver && holdsValid()) {
                return Condition.READY;
            }
            if (isOver || setbacks.last() instanceof AuthorizationRequired) {
                return Condition.AUTHORIZATION_REQUIRED;
            }
            return shortfall() == null ? Condition.IDLE : Condition.FAILING;
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private boolean holdsValid() {
        Authorization current = manager.current();
        return current != null
                && current.isUsable(
                        surroundings.clock().millis(), surroundings.nanoTime().getAsLong());
    }

    /** Nobody takes the current value any more: it was revoked. */
    void forget() {
        lock.lock();
        try {
            token.replace(null);
            schedule.cancel();
            setbacks.forget();
            OAuthSettings held = rotation.held();
            isOver = held != null && rotation.needsPerson(held);
        } finally {
            lock.unlock();
        }
        Siblings.tell(store.identity(), this);
        announcer.dirtiness();
    }

    /** Begins nothing any more; what is under way lands, and what is unsaved is saved. */
    void close() {
        Flight last;
        lock.lock();
        try {
            closed = true;
            watch.close();
            schedule.cancel();
            last = flight;
        } finally {
            lock.unlock();
        }
        if (last != null && !last.hasBegun()) {
            last.landing().completeExceptionally(Refusals.closed(connection));
        } else if (last != null && !last.awaitsPerson()) {
            last.await(connection.timeouts().exchange());
        }
        flushNow();
        rotation.release();
        Siblings.leave(store.identity(), this);
    }

    void flushNow() {
        unsaved.flushNow();
    }

    private boolean isFlying() {
        return flight != null && !flight.canBeOvertaken();
    }

    /** Under the lock. */
    private Flight begin(Need need) {
        Flight begun = new Flight(need);
        if (closed) {
            begun.landing().completeExceptionally(Refusals.closed(connection));
            return begun;
        }
        flight = begun;
        try {
            surroundings.engine().call(connection.url(), () -> takeOff(begun));
        } catch (RuntimeException | Error e) {
            flight = null;
            begun.landing().completeExceptionally(Refusals.notBegun(connection, e));
        }
        return begun;
    }

    /** Unless it is not needed any more: it may have waited long for its turn. */
    private void takeOff(Flight waiting) {
        lock.lock();
        try {
            if (closed || waiting.landing().isDone()) {
                return;
            }
            waiting.markBegun();
        } finally {
            lock.unlock();
        }
        run.fly(waiting, waiting.need());
    }

    /** Under the lock. A login that was overtaken may end while another flight is under way. */
    private void end(Flight flown) {
        if (flown.equals(flight)) {
            flight = null;
        }
    }

    void succeed(Flight flown, boolean obtained) {
        Duration duration = sinceSent(flown);
        Authorization landed;
        lock.lock();
        try {
            end(flown);
            setbacks.forget();
            isOver = false;
            landed = manager.current();
        } finally {
            lock.unlock();
        }
        lastOutcome = "succeeded at " + surroundings.clock().instant();
        lastLogged = "";
        if (landed == null) {
            flown.landing().completeExceptionally(Refusals.closed(connection));
        } else {
            flown.landing().complete(landed);
        }
        unsaved.flushSoon();
        lookAgainIfMissed();
        Siblings.tell(store.identity(), this);
        if (obtained) {
            announcer.obtained(duration);
        } else {
            announcer.adopted();
        }
    }

    private Duration sinceSent(Flight flown) {
        return Duration.ofNanos(flown.sinceSent(surroundings.nanoTime().getAsLong()));
    }

    void fail(Flight flown, ZendeskAuthException error) {
        Duration duration = sinceSent(flown);
        Duration pause;
        lock.lock();
        try {
            end(flown);
            pause = setbacks.remember(error);
            Authorization current = manager.current();
            if (!closed && current != null && current.wasUsed() && !(error instanceof AuthorizationRequired)) {
                schedule.retry(pause, current.generation());
            }
        } finally {
            lock.unlock();
        }
        lastOutcome =
                error.getClass().getSimpleName() + " at " + surroundings.clock().instant();
        boolean again = logOnce(String.valueOf(error.getMessage()));
        flown.landing().completeExceptionally(error);
        unsaved.flushSoon();
        lookAgainIfMissed();
        announcer.failed(error, again, duration);
    }

    /**
     * At its level once, however often the same is met again: under load that is once a second.
     *
     * @return whether it was met before
     */
    private boolean logOnce(String message) {
        boolean again = message.equals(lastLogged);
        if (again) {
            LOG.debug("No new token. {}", message);
        } else {
            LOG.warn("No new token. {}", message);
        }
        lastLogged = message;
        return again;
    }

    private void beforeSending() {
        lock.lock();
        try {
            if (flight != null) {
                flight.markSent(surroundings.nanoTime().getAsLong());
            }
            token.enterRenewal();
        } finally {
            lock.unlock();
        }
    }

    private void publish(OAuthSettings settings) {
        lock.lock();
        try {
            token.replace(schedule.authorization(settings));
            if (!closed) {
                schedule.plan(settings);
            }
        } finally {
            lock.unlock();
        }
    }

    private void due(long generation) {
        boolean wanted;
        lock.lock();
        try {
            wanted = token.due(generation);
        } finally {
            lock.unlock();
        }
        if (wanted) {
            demand(Need.newerThan(generation));
        }
    }

    /** Rotates a refresh token that would lapse otherwise; its access token may be of no use to anybody. */
    private void keepAlive(long generation) {
        Authorization current = manager.current();
        if (current == null || current.generation() <= generation) {
            demand(Need.newerThan(generation));
        }
    }

    private void inBackground(Runnable work) {
        try {
            surroundings.engine().execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("Connection {}: the JVM is about to end, nothing is begun", connection.describe());
        }
    }
}

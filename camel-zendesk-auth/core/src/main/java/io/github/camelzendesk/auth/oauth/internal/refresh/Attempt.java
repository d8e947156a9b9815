package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.oauth.internal.rotation.TokenRequirement;

/**
 * One attempt to obtain tokens, for which many callers may wait. Changes under the lock of {@link Guarded} only; any
 * thread may read its state.
 */
final class Attempt {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final List<Runnable> waiting = new ArrayList<>(1); // guarded by the lock
    private boolean hasAskedPerson; // guarded by the lock
    private volatile TokenRequirement need;
    private volatile State state = new Queued();

    Attempt(TokenRequirement need) {
        this.need = need;
    }

    /** What an attempt is doing. Immutable. */
    sealed interface State {}

    /** Waits for the turn of its account. Nothing is spent. */
    record Queued() implements State {}

    /**
     * Runs.
     *
     * @param since when its request was sent, in nanoseconds of the monotonic clock; null before that
     */
    record Sending(@Nullable Long since) implements State {}

    /**
     * Waits for a person to log in.
     *
     * @param login brings the code; cancelled when the code is no longer needed
     */
    record AwaitingPerson(CompletableFuture<AuthorizationCode> login) implements State {}

    record Succeeded(ExpiringAuthorization authorization) implements State {}

    record Failed(ZendeskAuthException error) implements State {}

    TokenRequirement need() {
        return need;
    }

    State state() {
        return state;
    }

    boolean awaitsPerson() {
        return state instanceof AwaitingPerson;
    }

    boolean awaits(CompletableFuture<AuthorizationCode> login) {
        return state instanceof AwaitingPerson person && person.login == login;
    }

    boolean hasEnded() {
        return state instanceof Succeeded || state instanceof Failed;
    }

    /** Whether it can be ended now, because no request of it is under way. */
    boolean isIdle() {
        return state instanceof Queued || state instanceof AwaitingPerson;
    }

    /** Whether tokens from another process end it. */
    boolean canBeOvertaken() {
        return isIdle() && need.code() == null;
    }

    /** How long the request has been under way, in nanoseconds; zero before it is sent. */
    long sinceSent(long nanos) {
        return state instanceof Sending sending && sending.since != null ? nanos - sending.since : 0;
    }

    /** Starts to run; false when it ended while it waited for its turn. */
    boolean begin() {
        if (!(state instanceof Queued)) {
            return false;
        }
        state = new Sending(null);
        return true;
    }

    void sent(long nanos) {
        if (state instanceof Sending) {
            state = new Sending(nanos);
        }
    }

    void await(CompletableFuture<AuthorizationCode> login) {
        state = new AwaitingPerson(login);
        hasAskedPerson = true;
    }

    /** Under the lock. */
    boolean hasAskedPerson() {
        return hasAskedPerson;
    }

    /**
     * Queues it with a code, wherever that came from.
     *
     * @return the login that waited for a code; null when there was none
     */
    @Nullable
    CompletableFuture<AuthorizationCode> goOn(TokenRequirement code) {
        CompletableFuture<AuthorizationCode> login = login();
        need = code;
        state = new Queued();
        return login;
    }

    /** Runs this when the attempt ends; at once when it has ended. */
    void whenEnded(Runnable told) {
        if (hasEnded()) {
            told.run();
        } else {
            waiting.add(told);
        }
    }

    /**
     * Ends it, unless it has ended.
     *
     * @return what to do after the lock is released
     */
    List<Runnable> end(State end) {
        if (hasEnded()) {
            return List.of();
        }
        List<Runnable> toDo = new ArrayList<>();
        CompletableFuture<AuthorizationCode> login = login();
        if (login != null) {
            // First: close() waits for this end, and promises that the port is free.
            toDo.add(() -> callOff(login));
        }
        toDo.addAll(waiting);
        waiting.clear();
        state = end;
        return toDo;
    }

    /** It is the authorizer's; whatever it throws, the callers are answered. */
    static void callOff(CompletableFuture<AuthorizationCode> login) {
        try {
            login.cancel(false);
        } catch (RuntimeException | Error e) {
            LOG.warn("A login that is not needed any more could not be cancelled, and may keep its port", e);
        }
    }

    private @Nullable CompletableFuture<AuthorizationCode> login() {
        return state instanceof AwaitingPerson person ? person.login : null;
    }
}

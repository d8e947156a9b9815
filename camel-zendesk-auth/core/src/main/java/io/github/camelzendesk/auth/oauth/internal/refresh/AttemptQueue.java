package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.oauth.internal.rotation.TokenRequirement;
import io.github.camelzendesk.auth.settings.OAuthSettings;

/**
 * The current attempt, and the needs that wait for one of their own. For use under one lock; the actions that a method
 * returns run after it is released.
 */
final class AttemptQueue {
    private final Deque<Asked> asked = new ArrayDeque<>();
    private @Nullable Attempt current;
    private boolean closed;

    /** A need that waits for an attempt of its own. */
    private record Asked(TokenRequirement need, Consumer<Attempt.State> told) {}

    /** An attempt that is to begin, and the login that it no longer waits for. */
    record Next(Attempt attempt, @Nullable CompletableFuture<AuthorizationCode> login) {}

    @Nullable
    Attempt current() {
        return current;
    }

    Attempt begin(Attempt begun) {
        current = begun;
        return begun;
    }

    /**
     * Queues a need.
     *
     * @param told gets the state that the attempt ended with
     * @param over the error when this is closed
     */
    List<Runnable> ask(TokenRequirement need, Consumer<Attempt.State> told, ZendeskAuthException over) {
        if (closed) {
            return List.of(() -> told.accept(new Attempt.Failed(over)));
        }
        asked.add(new Asked(need, told));
        return List.of();
    }

    /** The next attempt that can begin now; null when there is none. */
    @Nullable
    Next next() {
        Asked next = nextAsked();
        if (next == null) {
            return null;
        }
        Attempt attempt = current == null ? begin(new Attempt(next.need)) : current;
        CompletableFuture<AuthorizationCode> login = attempt.goOn(next.need);
        attempt.whenEnded(() -> next.told.accept(attempt.state()));
        return new Next(attempt, login);
    }

    /** A code expires in two minutes, so it overtakes an attempt that waits for a person. */
    private @Nullable Asked nextAsked() {
        if (current == null) {
            return asked.poll();
        }
        Asked code = current.awaitsPerson()
                ? asked.stream()
                        .filter(one -> one.need.code() != null)
                        .findFirst()
                        .orElse(null)
                : null;
        asked.remove(code);
        return code;
    }

    List<Runnable> end(Attempt attempt, Attempt.State how) {
        if (attempt == current) {
            current = null;
        }
        List<Runnable> toDo = new ArrayList<>(attempt.end(how));
        if (attempt.hasAskedPerson() && how instanceof Attempt.Failed) {
            // They need a person too, and each would ask again.
            List<Asked> same =
                    asked.stream().filter(one -> one.need.code() == null).toList();
            asked.removeIf(one -> one.need.code() == null);
            same.forEach(one -> toDo.add(() -> one.told.accept(how)));
        }
        return toDo;
    }

    /** Ends an attempt that waits for its turn or a person when settings from another process serve its need. */
    List<Runnable> adopted(OAuthSettings settings, ExpiringAuthorization authorization) {
        return current != null && current.canBeOvertaken() && current.need().isServedBy(settings)
                ? end(current, new Attempt.Succeeded(authorization))
                : List.of();
    }

    /** Whether an attempt is about to read the settings anyway. */
    boolean isRunning() {
        return current != null && !current.canBeOvertaken();
    }

    boolean isClosed() {
        return closed;
    }

    /** Ends all attempts that have sent nothing, and begins no other. */
    List<Runnable> close(ZendeskAuthException over) {
        closed = true;
        Attempt.Failed end = new Attempt.Failed(over);
        List<Runnable> toDo = new ArrayList<>();
        asked.forEach(one -> toDo.add(() -> one.told.accept(end)));
        asked.clear();
        if (current != null && current.isIdle()) {
            toDo.addAll(end(current, end));
        }
        return toDo;
    }
}

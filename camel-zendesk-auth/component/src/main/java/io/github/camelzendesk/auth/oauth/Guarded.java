package io.github.camelzendesk.auth.oauth;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What one lock guards of one connection. Who holds it neither blocks nor tells anybody anything.
 *
 * @param token what is handed out
 * @param setbacks what failed, and until when it answers
 * @param attempts what is under way, and what was asked for
 */
record Guarded(ReentrantLock lock, CurrentToken token, Setbacks setbacks, AttemptQueue attempts) {
    <T extends @Nullable Object> T get(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Does without the lock what a change under it leaves to be done. */
    void change(Supplier<List<Runnable>> change) {
        get(change).forEach(Runnable::run);
    }
}

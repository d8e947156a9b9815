package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What one lock guards of one connection. While it is held, nothing blocks and no listener or future is called.
 *
 * @param token what is handed out
 * @param failures the last failure, and until when it answers callers
 * @param attempts the attempt under way, and the needs that wait
 */
public record Guarded(ReentrantLock lock, CurrentToken token, FailureMemory failures, AttemptQueue attempts) {
    <T extends @Nullable Object> T get(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    void run(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /** Makes a change under the lock, and runs the actions that it returns after. */
    void change(Supplier<List<Runnable>> change) {
        get(change).forEach(Runnable::run);
    }
}

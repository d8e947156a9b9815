package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.util.function.Supplier;

import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;

/** An engine without threads: whatever is to run elsewhere runs here and now. */
public interface InPlace extends TaskScheduler {
    @Override
    default void execute(Runnable work) {
        work.run();
    }

    @Override
    default void call(String account, Runnable work) {
        execute(work);
    }

    @Override
    default void spawn(Runnable work) {
        execute(work);
    }

    @Override
    default <T> T outOfTurn(Wait<T> wait) throws InterruptedException {
        return wait.await();
    }

    @Override
    default <T> T ask(Supplier<T> request) {
        return request.get();
    }
}

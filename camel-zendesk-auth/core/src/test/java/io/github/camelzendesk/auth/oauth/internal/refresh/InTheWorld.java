package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;

/** An engine in place, on the time of a {@link EngineFixture}. */
interface InTheWorld extends InPlace {
    EngineFixture world();

    @Override
    default Cancellable after(Duration delay, Runnable task) {
        return world().after(delay, task);
    }

    @Override
    default void pause(Duration delay) {
        world().pause(delay);
    }
}

package io.github.camelzendesk.auth.oauth;

/**
 * Stores, sooner or later, the tokens that could not be stored when they came. Safe for use by several threads.
 */
final class Unsaved {
    private final Rotation rotation;
    private final Surroundings surroundings;
    private final Announcer announcer;
    private volatile int failures;

    Unsaved(Rotation rotation, Surroundings surroundings, Announcer announcer) {
        this.rotation = rotation;
        this.surroundings = surroundings;
        this.announcer = announcer;
    }

    /** Tries again after a pause, for as long as there is something to store. */
    void flushSoon() {
        if (rotation.isDirty()) {
            Engine engine = surroundings.engine();
            // Spawned, because it may wait for a lock, and a few that wait must not keep all others from being stored.
            engine.after(BackOff.after(failures + 1, surroundings.random()), () -> engine.spawn(this::flush));
        }
    }

    /** Tries once, now: the process may be about to end. */
    void flushNow() {
        try {
            if (rotation.isDirty()) {
                rotation.flush();
                announcer.dirtiness();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void flush() {
        flushNow();
        failures = rotation.isDirty() ? failures + 1 : 0;
        flushSoon();
    }
}

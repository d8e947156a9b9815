package io.github.camelzendesk.auth.monitor;

import java.util.function.Consumer;

import io.github.camelzendesk.auth.oauth.TokenEvent;

/** One place where operators look at connections. Implementations are thread-safe. */
interface ConnectionMonitor {
    /**
     * Comes first, before any connection.
     *
     * @param all counts every connection, however it is shown
     */
    default void begin(StateCounts all) {}

    /** Comes last, when all that was shown is hidden again. */
    default void end() {}

    default void show(MonitoredConnection connection) {}

    default void hide(MonitoredConnection connection) {}

    /** Those that are too many to be shown each by itself. */
    default void showTogether(ConnectionGroup others) {}

    default void hideTogether(ConnectionGroup others) {}

    /**
     * Something became of the tokens of the connection with this label.
     *
     * @param shownAs the same label, or the one of the others that it is shown together with
     */
    default void happened(String label, String shownAs, TokenEvent event) {}

    /** A token request begins; what this returns takes its outcome. Neither may block. */
    default Consumer<String> requesting(String shownAs, String grantType) {
        return outcome -> {};
    }
}

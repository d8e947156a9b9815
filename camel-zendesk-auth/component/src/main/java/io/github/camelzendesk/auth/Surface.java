package io.github.camelzendesk.auth;

import io.github.camelzendesk.auth.oauth.TokenEvent;

/** One place where operators look at connections. Implementations are safe for use by several threads. */
interface Surface {
    /**
     * Comes first, before any connection.
     *
     * @param all counts every connection, however it is shown
     */
    default void begin(Tally all) {}

    /** Comes last, when all that was shown is hidden again. */
    default void end() {}

    default void show(Observed connection) {}

    default void hide(Observed connection) {}

    /** Those that are too many to be shown each by itself. */
    default void showTogether(Others others) {}

    default void hideTogether(Others others) {}

    /**
     * Something became of the tokens of the connection with this label.
     *
     * @param shownAs the same label, or the one of the others that it is shown together with
     */
    default void happened(String label, String shownAs, TokenEvent event) {}
}

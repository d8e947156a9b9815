package io.github.camelzendesk.auth;

import io.github.camelzendesk.auth.oauth.TokenEvent;

/** One place where operators look at connections. Implementations are safe for use by several threads. */
interface Surface {
    default void show(Observed connection) {}

    default void hide(Observed connection) {}

    /** Something became of the tokens of the connection with this label. */
    default void happened(String label, TokenEvent event) {}
}

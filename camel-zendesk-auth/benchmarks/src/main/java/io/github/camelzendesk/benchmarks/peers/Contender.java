package io.github.camelzendesk.benchmarks.peers;

import java.time.Duration;

/** A library that keeps a token alive, set up as its documentation says. One object per run. */
interface Contender {
    String name();

    /** How long before its end a token is renewed. */
    Duration margin();

    /** The grant lands where the contender keeps it, with an access token that is over, as after a night's rest. */
    void store(Account account) throws Exception;

    /** One instance on the stored grant. */
    Instance open(Account account) throws Exception;

    /** What a restart would begin with; null when nothing is stored any more. */
    String storedRefreshToken(Account account) throws Exception;

    /** False for one that can do nothing with a refresh token. */
    default boolean refreshes() {
        return true;
    }

    /** False for one that shares by an object of this JVM only. */
    default boolean sharesOverProcesses() {
        return true;
    }

    /** What a deployment shares between its threads. */
    interface Instance extends AutoCloseable {
        Outcome call() throws Exception;

        @Override
        default void close() throws Exception {}
    }
}

package io.github.camelzendesk.auth.jdbc.internal.changes;

import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.jdbc.internal.connections.SqlExceptionTranslator;

/**
 * The one thread of this JVM that learns of changes in one table; it begins again, with growing pauses, whenever the
 * database goes away.
 */
public final class ChangeListenerThread implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeListenerThread.class);
    private static final long SHORTEST_MILLIS = 250;
    private static final long LONGEST_MILLIS = 10_000;

    private final String shown;
    private final Source source;
    private final RowWatchers watchers;

    /** Tells the watchers of changes until it is stopped. Throws when it cannot any more. */
    @FunctionalInterface
    public interface Source {
        void follow(RowWatchers watchers) throws SQLException, InterruptedException;
    }

    private ChangeListenerThread(String shown, Source source, RowWatchers watchers) {
        this.shown = shown;
        this.source = source;
        this.watchers = watchers;
    }

    /** @param shown what the log may say of the database */
    public static void start(String shown, Source source, RowWatchers watchers) {
        Thread thread = new Thread(new ChangeListenerThread(shown, source, watchers), "zendesk-auth-jdbc-changes");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        long pause = SHORTEST_MILLIS;
        try {
            do {
                long begun = System.nanoTime();
                follow();
                boolean lasted = System.nanoTime() - begun > LONGEST_MILLIS * 1_000_000;
                pause = lasted ? SHORTEST_MILLIS : Math.min(LONGEST_MILLIS, pause * 2);
            } while (!watchers.awaitStop(ThreadLocalRandom.current().nextLong(pause / 2, pause)));
        } catch (InterruptedException e) {
            LOG.debug("Nobody is told of changes to {} any more: the thread was interrupted", shown);
        }
    }

    private void follow() throws InterruptedException {
        try {
            source.follow(watchers);
        } catch (SQLException e) {
            LOG.debug(
                    "Changes to {} are not noticed until it can be reached again: {}",
                    shown,
                    SqlExceptionTranslator.why(e));
        } catch (RuntimeException e) {
            LOG.warn("Changes to {} are not noticed for a moment: {}", shown, e.getMessage());
        }
    }
}

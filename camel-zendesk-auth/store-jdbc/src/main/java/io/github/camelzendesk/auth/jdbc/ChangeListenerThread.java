package io.github.camelzendesk.auth.jdbc;

import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of this JVM that learns of changes in one table; it begins again, with growing pauses, whenever the
 * database goes away.
 */
final class ChangeListenerThread implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeListenerThread.class);
    private static final long SHORTEST_MILLIS = 250;
    private static final long LONGEST_MILLIS = 10_000;

    private final Database database;
    private final RowWatchers watchers;

    private ChangeListenerThread(Database database, RowWatchers watchers) {
        this.database = database;
        this.watchers = watchers;
    }

    static void start(Database database, RowWatchers watchers) {
        Thread thread = new Thread(new ChangeListenerThread(database, watchers), "zendesk-auth-jdbc-changes");
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
            LOG.debug("Nobody is told of changes to {} any more: the thread was interrupted", database.shown());
        }
    }

    private void follow() throws InterruptedException {
        try {
            database.dialect().follow(watchers);
        } catch (SQLException e) {
            LOG.debug(
                    "Changes to {} are not noticed until it can be reached again: {}",
                    database.shown(),
                    SqlExceptionTranslator.why(e));
        } catch (RuntimeException e) {
            LOG.warn("Changes to {} are not noticed for a moment: {}", database.shown(), e.getMessage());
        }
    }
}

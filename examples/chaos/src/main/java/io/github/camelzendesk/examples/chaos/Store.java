package io.github.camelzendesk.examples.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

import io.github.camelzendesk.auth.testkit.internal.LocalPostgres;

/** Where the processes keep the grants. Thread-safe. */
interface Store {
    /** @param user a process, or who logs in */
    String location(String person, String user);

    /** Whether this fault means something here. */
    boolean has(Fault.Kind kind);

    /** Ends the sessions of a process, and so takes its lock, where there are sessions. */
    void cutSessions(int process) throws SQLException;

    static Store of(String kind, Path directory) throws IOException, InterruptedException {
        if (kind.equals("file")) {
            return new Files(directory);
        }
        return new Database(LocalPostgres.programs()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--store=jdbc needs the package postgresql: install it, or leave the argument out.")));
    }

    static String user(int process) {
        return "process-" + process;
    }

    /** A file for each person. */
    record Files(Path directory) implements Store {
        @Override
        public String location(String person, String user) {
            return directory.resolve(person + ".json").toString();
        }

        @Override
        public boolean has(Fault.Kind kind) {
            return kind != Fault.Kind.SESSIONS_CUT;
        }

        @Override
        public void cutSessions(int process) {}
    }

    /** A PostgreSQL that ends with this process. */
    final class Database extends LocalPostgres implements Store {
        Database(Path programs) throws IOException, InterruptedException {
            super(programs);
        }

        @Override
        public String location(String person, String user) {
            return url() + "&ApplicationName=" + user;
        }

        @Override
        public boolean has(Fault.Kind kind) {
            return kind != Fault.Kind.DISK_FULL;
        }

        @Override
        public void cutSessions(int process) throws SQLException {
            query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '"
                    + Store.user(process) + "'");
        }
    }
}

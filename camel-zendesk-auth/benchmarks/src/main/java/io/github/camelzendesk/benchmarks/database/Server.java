package io.github.camelzendesk.benchmarks.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

import io.github.camelzendesk.auth.testkit.internal.LocalPostgres;

/** A PostgreSQL as durable as in production. */
final class Server extends LocalPostgres {
    private Server(Path programs) throws IOException, InterruptedException {
        super(
                programs,
                "max_connections=1200", // For a thousand replicas.
                "shared_buffers=512MB",
                "max_wal_size=4GB",
                "autovacuum_naptime=1s", // Not a minute, as half an hour of rotations passes in seconds.
                "shared_preload_libraries=pg_stat_statements");
    }

    static Server create() throws IOException, InterruptedException, SQLException {
        Server server = new Server(
                programs().orElseThrow(() -> new IOException("PostgreSQL is missing: apt-get install postgresql")));
        server.execute("CREATE EXTENSION pg_stat_statements");
        return server;
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(query(sql).get(0));
    }
}

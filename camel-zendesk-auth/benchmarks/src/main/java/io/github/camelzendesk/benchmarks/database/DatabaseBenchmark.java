package io.github.camelzendesk.benchmarks.database;

import java.util.Set;

/** What connections cost in PostgreSQL: rows, rotations, telling the other replicas, starting one. */
public final class DatabaseBenchmark {
    private static final Set<String> PARTS =
            Set.of(System.getProperty("database.parts", "rotation,writers,adoption,start,rows")
                    .split(","));
    private static final int ROWS = Integer.getInteger("database.rows", 10_000);
    private static final int CONNECTIONS = Integer.getInteger("database.connections", 100_000);

    private DatabaseBenchmark() {}

    public static void run() throws Exception {
        Server server = Server.create();
        if (PARTS.contains("rotation")) {
            new OneRotation(server).run();
        }
        if (PARTS.contains("writers")) {
            new Writers(server).run(CONNECTIONS);
        }
        if (PARTS.contains("adoption")) {
            new Adoption(server).run(CONNECTIONS);
        }
        if (PARTS.contains("start")) {
            new ReplicaStart(server).run(CONNECTIONS);
        }
        if (PARTS.contains("rows")) {
            new Rows(server).run(ROWS);
        }
    }
}

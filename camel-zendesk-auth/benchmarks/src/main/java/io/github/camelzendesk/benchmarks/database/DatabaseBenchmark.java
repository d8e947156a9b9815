package io.github.camelzendesk.benchmarks.database;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What connections cost in PostgreSQL: rows, rotations, telling the other replicas, starting one. */
public final class DatabaseBenchmark {
    private static final Set<String> PARTS =
            Set.of(System.getProperty("database.parts", "rotation,writers,adoption,start,rows")
                    .split(","));
    private static final List<Integer> SIZES = Stream.of(
                    System.getProperty("database.rows", "10000,100000,1000000").split(","))
            .map(Integer::valueOf)
            .toList();
    private static final int CONNECTIONS = Integer.getInteger("database.connections", 100_000);

    private DatabaseBenchmark() {}

    public static void main(String[] args) throws Exception {
        Report.clear();
        Server server = Server.start();
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
            new Rows(server).run(SIZES);
        }
        System.exit(0); // The threads that listen keep nobody waiting.
    }
}

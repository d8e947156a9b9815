package io.github.camelzendesk.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.camelzendesk.benchmarks.Jvm;
import io.github.camelzendesk.benchmarks.TemporaryFolder;

/**
 * How start-up, memory and refreshes grow with the number of connections in one JVM. Each number has JVMs of its own: one
 * in which the connections stand idle, and one in which all are refreshed.
 */
public final class Scale {
    private static final String[] SIZES =
            System.getProperty("scale.sizes", "1000,10000,100000").split(",");
    private static final String[] STORES =
            System.getProperty("scale.stores", "memory,file").split(",");
    private static final int LATENCY_MILLIS = Integer.getInteger("scale.latency", 100);
    private static final int LIMIT_SECONDS = Integer.getInteger("scale.limit", 3600);
    private static final Path OUTPUT = Path.of(System.getProperty("scale.output", "target/scale"));
    private static final List<String> JVM_OPTIONS = List.of(System.getProperty("scale.jvm", "-Xmx4g"));

    private final List<Readings> rows = new ArrayList<>();

    private Scale() {}

    public static void run() throws Exception {
        Scale scale = new Scale();
        Files.createDirectories(OUTPUT);
        for (String store : STORES) {
            for (String size : SIZES) {
                scale.measure(new Readings(store, Integer.parseInt(size)));
                // Each time, for the whole takes long enough to be broken off.
                Report.write(scale.rows, OUTPUT.resolve("scale.csv"));
                Plots.write(scale.rows, OUTPUT);
            }
        }
        Report.print(scale.rows);
    }

    private void measure(Readings row) throws IOException {
        rows.add(row);
        System.out.println("... " + row.storeName() + ", " + row.connections() + " connections");
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            run(row, Idle.class, folder, 1);
        }
        try (TemporaryFolder folder = TemporaryFolder.create();
                Jvm server = TokenServer.start(LATENCY_MILLIS)) {
            int port = Integer.parseInt(server.line());
            run(row, Refresh.class, folder, port);
            TokenServer.read(port, "/traffic").lines().forEach(row::addLine);
        }
    }

    private static void run(Readings row, Class<?> main, TemporaryFolder folder, int port) throws IOException {
        try (Jvm child = Jvm.start(main, JVM_OPTIONS, Map.of(), row.connections(), row.store(), folder.path(), port)) {
            child.endAfter(LIMIT_SECONDS);
            for (String line = child.line(); line != null; line = child.line()) {
                row.addLine(line);
            }
        }
    }
}

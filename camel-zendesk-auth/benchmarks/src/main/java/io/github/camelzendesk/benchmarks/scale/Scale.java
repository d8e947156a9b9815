package io.github.camelzendesk.benchmarks.scale;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.github.camelzendesk.benchmarks.Jvm;

/**
 * How start-up, memory and refreshes grow with the number of connections in one JVM. Each number has JVMs of its own: one
 * in which the connections stand idle, and one in which all are refreshed.
 */
public final class Scale {
    private final long latencyMillis;
    private final long limitSeconds;
    private final List<String> jvmOptions;
    private final List<ScaleRow> rows = new ArrayList<>();

    private Scale(long latencyMillis, long limitSeconds, List<String> jvmOptions) {
        this.latencyMillis = latencyMillis;
        this.limitSeconds = limitSeconds;
        this.jvmOptions = jvmOptions;
    }

    /**
     * Sizes, stores, latency of the token endpoint in ms, what a JVM may take in seconds, its options, and where the CSV
     * and the plots go.
     */
    public static void main(String[] args) throws Exception {
        int[] sizes =
                Arrays.stream(args[0].split(",")).mapToInt(Integer::parseInt).toArray();
        Scale scale = new Scale(Long.parseLong(args[2]), Long.parseLong(args[3]), List.of(args[4].split(" ")));
        Path output = Files.createDirectories(Path.of(args[5]));
        for (String store : args[1].split(",")) {
            for (int size : sizes) {
                scale.measure(store, size);
                // Each time, for the whole takes long enough to be broken off.
                ScaleTable.write(scale.rows, output.resolve("scale.csv"));
                ScalePlots.write(scale.rows, output);
            }
        }
        ScaleTable.print(scale.rows);
        ScaleTable.printSpread(sizes[sizes.length - 1], Tenants.LIFETIME);
    }

    private void measure(String store, int size) throws IOException {
        ScaleRow row = new ScaleRow(store, size, new Readings());
        rows.add(row);
        System.out.println("... " + row.name() + ", " + size + " connections");
        inFolder(folder -> run(row, ScaleIdle.class, folder));
        inFolder(folder -> refresh(row, folder));
    }

    private void refresh(ScaleRow row, String folder) throws IOException {
        try (Jvm server = ScaleServer.start(latencyMillis)) {
            String port = server.line();
            run(row, ScaleRefresh.class, folder, port);
            ScaleServer.read(Integer.parseInt(port), "/traffic").lines().forEach(row.readings()::addLine);
        }
    }

    private void run(ScaleRow row, Class<?> main, String folder, String... more) throws IOException {
        String[] arguments = Stream.concat(
                        Stream.of(Integer.toString(row.connections()), row.store(), folder), Arrays.stream(more))
                .toArray(String[]::new);
        try (Jvm child = Jvm.start(main, jvmOptions, arguments)) {
            child.endAfter(limitSeconds);
            for (String line = child.line(); line != null; line = child.line()) {
                row.readings().addLine(line);
            }
        }
    }

    private interface InFolder {
        void run(String folder) throws IOException;
    }

    private static void inFolder(InFolder work) throws IOException {
        Path folder = Files.createTempDirectory("scale");
        try {
            work.run(folder.toString());
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }
}

package io.github.camelzendesk.benchmarks.scale;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scale's results as Markdown and as CSV. Stateless. */
final class ScaleTable {
    private static final List<Column> IDLE = List.of(
            new Column("start, ms", "startMillis", 0),
            new Column("µs each", "startMicrosEach", 1),
            new Column("configuration, B", "configurationBytes", 0),
            new Column("manager, B", "managerBytes", 0),
            new Column("endpoint, B", "endpointBytes", 0),
            new Column("idle CPU, % of a core", "idleCpuPercent", 1),
            new Column("threads", "idleThreads", 0),
            new Column("descriptors", "idleDescriptors", 0),
            new Column("stop, ms", "stopMillis", 0));
    private static final List<Column> REFRESH = List.of(
            new Column("refreshes/s", "refreshesPerSecond", 0),
            new Column("seconds", "refreshSeconds", 1),
            new Column("CPU, µs each", "refreshCpuMicrosEach", 0),
            new Column("requests", "requests", 0),
            new Column("reuses", "reuses", 0),
            new Column("failed", "failed", 0),
            new Column("lost", "lost", 0),
            new Column("at one time", "mostAtOnce", 0),
            new Column("of one account", "mostOfOne", 0),
            new Column("threads", "refreshThreads", 0),
            new Column("descriptors", "refreshDescriptors", 0));
    private static final List<Column> USE = List.of(
            new Column("fresh() p50, ns", "freshP50Nanos", 0),
            new Column("p99, ns", "freshP99Nanos", 0),
            new Column("among refreshes p50, ns", "busyFreshP50Nanos", 0),
            new Column("p99, ns", "busyFreshP99Nanos", 0),
            new Column("toD, exchanges/s", "dynamicExchangesPerSecond", 0));

    private ScaleTable() {}

    private record Column(String title, String reading, int decimals) {
        String text(ScaleRow row) {
            double value = row.readings().get(reading);
            return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%." + decimals + "f", value);
        }
    }

    static void print(List<ScaleRow> rows) {
        print("Connections that stand idle; memory is for each connection", IDLE, rows);
        print("All refreshed at once", REFRESH, rows);
        print("Use", USE, rows);
    }

    static void printSpread(int connections, Duration lifetime) {
        System.out.printf("%nSpread of %d refreshes, simulated%n%n", connections);
        line(List.of("jitter, s", "cycle", "busiest second", "mean", "busiest minute", "mean"));
        line(List.of("--:", "--:", "--:", "--:", "--:", "--:"));
        Duration margin = lifetime.dividedBy(10);
        for (Duration jitter : List.of(margin.dividedBy(10), margin)) {
            for (Spread.Busiest busiest : new Spread(connections, lifetime, jitter).busiest()) {
                line(List.of(
                        Long.toString(jitter.toSeconds()),
                        Integer.toString(busiest.cycle()),
                        Integer.toString(busiest.second()),
                        "%.0f".formatted(busiest.meanSecond()),
                        Integer.toString(busiest.minute()),
                        "%.0f".formatted(busiest.meanMinute())));
            }
        }
    }

    static void write(List<ScaleRow> rows, Path file) throws IOException {
        Set<String> names = new TreeSet<>();
        rows.forEach(row -> names.addAll(row.readings().values().keySet()));
        StringBuilder csv = new StringBuilder("store,connections," + String.join(",", names) + "\n");
        for (ScaleRow row : rows) {
            csv.append(row.name()).append(',').append(row.connections());
            names.forEach(name -> csv.append(',').append(row.readings().values().getOrDefault(name, "")));
            csv.append('\n');
        }
        Files.writeString(file, csv, StandardCharsets.UTF_8);
    }

    private static void print(String title, List<Column> columns, List<ScaleRow> rows) {
        System.out.printf("%n%s%n%n", title);
        line(titles("store", "connections", columns.stream().map(Column::title).toList()));
        line(titles("---", "--:", columns.stream().map(column -> "--:").toList()));
        for (ScaleRow row : rows) {
            line(titles(
                    row.name(),
                    Integer.toString(row.connections()),
                    columns.stream().map(column -> column.text(row)).toList()));
        }
    }

    private static List<String> titles(String store, String connections, List<String> others) {
        return Stream.concat(Stream.of(store, connections), others.stream()).toList();
    }

    private static void line(List<String> cells) {
        System.out.println(cells.stream().collect(Collectors.joining(" | ", "| ", " |")));
    }
}

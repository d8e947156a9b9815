package io.github.camelzendesk.benchmarks.scale;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.camelzendesk.benchmarks.Table;

/** The results as Markdown and as CSV. Stateless. */
final class Report {
    private static final String[] IDLE = {
        "startMillis",
        "configurationBytes",
        "managerBytes",
        "endpointBytes",
        "idleCpuPercent",
        "idleThreads",
        "idleDescriptors",
        "stopMillis"
    };
    private static final String[] REFRESH = {
        "refreshesPerSecond", "refreshCpuMicrosEach", "requests", "reuses", "failed", "lost", "mostAtOnce", "mostOfOne"
    };
    private static final String[] USE = {
        "freshP50Nanos", "freshP99Nanos", "busyFreshP50Nanos", "busyFreshP99Nanos", "dynamicExchangesPerSecond"
    };

    private Report() {}

    static void print(List<Readings> rows) {
        print("Connections that stand idle; bytes are for each connection", IDLE, rows);
        print("All refreshed at once", REFRESH, rows);
        print("Use", USE, rows);
        Spread.print(rows.get(rows.size() - 1).connections());
    }

    private static void print(String title, String[] names, List<Readings> rows) {
        Table table = new Table(
                title,
                Stream.concat(Stream.of("store", "connections"), Stream.of(names))
                        .toArray(String[]::new));
        for (Readings row : rows) {
            Stream<Object> values = Stream.of(names).map(row::get);
            table.row(Stream.concat(Stream.of(row.storeName(), row.connections()), values)
                    .toArray());
        }
    }

    static void write(List<Readings> rows, Path file) throws IOException {
        Set<String> names = new TreeSet<>();
        rows.forEach(row -> names.addAll(row.values().keySet()));
        StringBuilder csv = new StringBuilder("store,connections," + String.join(",", names) + "\n");
        for (Readings row : rows) {
            csv.append(row.storeName()).append(',').append(row.connections());
            names.forEach(name -> csv.append(',').append(row.values().getOrDefault(name, "")));
            csv.append('\n');
        }
        Files.writeString(file, csv, StandardCharsets.UTF_8);
    }
}

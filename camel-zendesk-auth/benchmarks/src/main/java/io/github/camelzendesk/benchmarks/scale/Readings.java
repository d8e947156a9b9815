package io.github.camelzendesk.benchmarks.scale;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What was measured of so many connections on one kind of store, by name. For one thread at a time. */
record Readings(String store, int connections, Map<String, String> values) {
    Readings(String store, int connections) {
        this(store, connections, new LinkedHashMap<>());
    }

    /** Of the store, without what a location may hold of hosts and passwords. */
    String storeName() {
        return store.replaceFirst(":.*", "");
    }

    /** Prints a number at once, so that it comes out of a child that does not survive the next step. */
    static void say(String name, double value) {
        String format = value == Math.rint(value) ? "%s=%.0f%n" : "%s=%.3f%n";
        System.out.printf(Locale.ROOT, format, name, value);
    }

    /** Takes over what {@link #say} printed elsewhere; other lines are for people. */
    void addLine(String line) {
        int equals = line.indexOf('=');
        if (equals > 0) {
            values.put(line.substring(0, equals), line.substring(equals + 1));
        } else {
            System.out.println(line);
        }
    }

    /** NaN where a child did not come that far. */
    double get(String name) {
        return Double.parseDouble(values.getOrDefault(name, "NaN"));
    }
}

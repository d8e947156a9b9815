package io.github.camelzendesk.benchmarks.scale;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What was measured, by name. For one thread at a time. */
final class Readings {
    private final Map<String, String> values = new LinkedHashMap<>();

    /** Notes a number and says it at once, so that it comes out of a child that does not survive the next step. */
    void say(String name, double value) {
        put(name, value);
        System.out.println(name + "=" + values.get(name));
    }

    void put(String name, double value) {
        boolean whole = value == Math.rint(value);
        values.put(name, whole ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3f", value));
    }

    /** Takes over what {@link #say} said elsewhere; other lines are for people. */
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
        String value = values.get(name);
        return value == null ? Double.NaN : Double.parseDouble(value);
    }

    Map<String, String> values() {
        return values;
    }
}

package io.github.camelzendesk.examples.chaos;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a run is to be. Immutable.
 *
 * @param port of the page; 0 for any free one
 * @param store {@code file}, or {@code jdbc} for a PostgreSQL that is installed here
 */
record ChaosOptions(int processes, int callers, int seconds, long seed, int port, String store) {
    private static final Map<String, String> DEFAULTS =
            Map.of("processes", "8", "callers", "16", "seconds", "120", "seed", "0", "port", "8033", "store", "file");

    /** @throws IllegalArgumentException with a sentence for who runs it */
    static ChaosOptions of(List<String> arguments) {
        Map<String, String> values = new HashMap<>(DEFAULTS);
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length < 2 || !parts[0].startsWith("--") || !DEFAULTS.containsKey(parts[0].substring(2))) {
                throw new IllegalArgumentException("There is no argument " + parts[0]
                        + ": use --name=value with the names processes, callers," + " seconds, seed, port and store.");
            }
            values.put(parts[0].substring(2), parts[1]);
        }
        if (!Set.of("file", "jdbc").contains(values.get("store"))) {
            throw new IllegalArgumentException("--store must be file or jdbc.");
        }
        return of(values);
    }

    private static ChaosOptions of(Map<String, String> values) {
        long seed = number(values, "seed", Long.MIN_VALUE, Long.MAX_VALUE);
        return new ChaosOptions(
                (int) number(values, "processes", 1, 64),
                (int) number(values, "callers", 4, 1000),
                (int) number(values, "seconds", 5, 86_400),
                seed == 0 ? System.nanoTime() % 1_000_000 : seed,
                (int) number(values, "port", 0, 65_535),
                values.get("store"));
    }

    private static long number(Map<String, String> values, String name, long least, long most) {
        try {
            long value = Long.parseLong(values.get(name));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // The sentence below says it.
        }
        throw new IllegalArgumentException("--" + name + " must be a whole number from " + least + " to " + most + ".");
    }
}

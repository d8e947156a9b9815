package io.github.camelzendesk.auth.cli.internal.migrate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of a file, line by line, with those that they are in: {@code camel.component.zendesk.token}. An element of a list
 * has its line as its number. For one thread.
 */
final class KeyPaths {
    private static final Pattern NESTED = Pattern.compile(
            "(?<indent>\\s*)(?<dashes>(?:-\\s+)*)[\"']?(?<key>[\\w.\\[\\]/@-]+)[\"']?\\s*:(?:\\s+(?<value>.*))?");
    private static final Pattern FLAT =
            Pattern.compile("\\s*(?:export\\s+|set\\s+)?(?<key>[\\w.\\[\\]/@-]+)\\s*[=:\\s]\\s*(?<value>.*)");
    private static final Pattern OF_FLAT =
            Pattern.compile(".*\\.(properties(\\.bak\\d*)?|conf|cfg|ini|toml)|.*env(ironment)?(\\..*)?");
    private static final Pattern OF_NESTED = Pattern.compile(".*\\.(ya?ml|json)");

    private final boolean nested;
    private final Deque<Level> levels = new ArrayDeque<>();

    private KeyPaths(boolean nested) {
        this.nested = nested;
    }

    /** A key with its value. */
    record Entry(String key, String value) {}

    private record Level(int depth, String segment) {}

    /** For the lines of a file of this name; empty when it is no file of keys. */
    static Optional<KeyPaths> of(String name) {
        boolean nested = OF_NESTED.matcher(name).matches();
        return nested || OF_FLAT.matcher(name).matches() ? Optional.of(new KeyPaths(nested)) : Optional.empty();
    }

    /** The key that the next line sets; empty for another line. */
    Optional<Entry> next(String line, int number) {
        Matcher matcher = (nested ? NESTED : FLAT).matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String value =
                Optional.ofNullable(matcher.group("value")).orElse("").strip().replaceFirst("^(\"\"|'')$", "");
        return Optional.of(new Entry(nested ? path(matcher, number) : matcher.group("key"), value));
    }

    private String path(Matcher matcher, int number) {
        int indent = matcher.group("indent").length();
        String dashes = matcher.group("dashes");
        // An element of a list is deeper than a key in the same column, which the list belongs to.
        leave(dashes.isEmpty() ? 2 * indent : 2 * indent + 1);
        if (!dashes.isEmpty()) {
            levels.push(new Level(2 * indent + 1, "[" + number + "]"));
        }
        levels.push(new Level(2 * (indent + dashes.length()), matcher.group("key")));
        return joined();
    }

    private void leave(int depth) {
        while (!levels.isEmpty() && levels.getFirst().depth() >= depth) {
            levels.pop();
        }
    }

    private String joined() {
        StringBuilder path = new StringBuilder();
        for (Iterator<Level> level = levels.descendingIterator(); level.hasNext(); ) {
            String segment = level.next().segment();
            path.append(path.isEmpty() || segment.startsWith("[") ? "" : ".").append(segment);
        }
        return path.toString();
    }
}

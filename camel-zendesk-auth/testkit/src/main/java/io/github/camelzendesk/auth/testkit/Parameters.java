package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** The parameters of one {@link Control} command, in the spelling of a form. Immutable. Errors are sentences with a remedy. */
record Parameters(String command, Map<String, String> values) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Map<String, Boolean> FLAGS = Map.of("true", true, "false", false);

    Parameters(String command, String form) {
        this(command, Call.form(form));
    }

    /** Refuses what the command does not know; the names have blanks between. */
    Parameters of(String names) {
        Set<String> known = new TreeSet<>(List.of(names.split(" ")));
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw refused("knows no " + unknown.iterator().next(), "use " + String.join(", ", known));
        }
        return this;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name) {
        String value = values.get(name);
        if (value == null || value.isBlank()) {
            throw refused("needs " + name, "add " + name + "=...");
        }
        return value;
    }

    String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    String[] words(String name, String otherwise) {
        return text(name, otherwise).trim().split("\\s+");
    }

    int number(String name, int otherwise) {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!NUMBER.matcher(value).matches()) {
            throw refused("takes a whole number as " + name, "pass digits only");
        }
        return Integer.parseInt(value);
    }

    Duration seconds(String name, Duration otherwise) {
        return Duration.ofSeconds(number(name, (int) otherwise.toSeconds()));
    }

    /** Hands a value on, null for an empty one, if there is one. */
    void ifSeconds(String name, Consumer<@Nullable Duration> use) {
        if (has(name)) {
            use.accept("".equals(values.get(name)) ? null : seconds(name, Duration.ZERO));
        }
    }

    void ifNumber(String name, Consumer<Integer> use) {
        if (has(name)) {
            use.accept(number(name, 0));
        }
    }

    void ifFlag(String name, Consumer<Boolean> use) {
        if (has(name)) {
            use.accept(flag(name, true));
        }
    }

    boolean flag(String name, boolean otherwise) {
        return choice(name, FLAGS, String.valueOf(otherwise));
    }

    /** One of several values by its name. */
    <T> T choice(String name, Map<String, T> choices, String otherwise) {
        T chosen = choices.get(text(name, otherwise));
        if (chosen == null) {
            throw refused("takes no such " + name, "use " + String.join(", ", new TreeSet<>(choices.keySet())));
        }
        return chosen;
    }

    IllegalArgumentException refused(String what, String remedy) {
        return new IllegalArgumentException("The command " + command + " " + what + ": " + remedy + ".");
    }

    /** Values may be secrets. */
    @Override
    public String toString() {
        return "Parameters[" + command + "]";
    }
}

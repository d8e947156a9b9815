package io.github.camelzendesk.auth.cli.internal.doctor;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/**
 * What one check saw. Immutable.
 *
 * @param seen one sentence without its full stop
 * @param remedy what to do; empty where all is well
 */
public record Finding(Level level, String seen, String remedy) {
    /** The errors of the engine tell what is wrong first, and the remedy after it. */
    private static final Pattern MESSAGE = Pattern.compile("(?<seen>.+?)(?:\\.|:(?= set | check )) (?<remedy>.+)");

    /** One line each, whatever a message from outside holds. */
    public Finding {
        seen = LogSafeText.unbroken(seen);
        remedy = LogSafeText.unbroken(remedy);
    }

    static Finding ok(String seen) {
        return new Finding(Level.OK, seen, "");
    }

    static Finding warn(String seen, String remedy) {
        return new Finding(Level.WARN, seen, remedy);
    }

    static Finding fail(String seen, String remedy) {
        return new Finding(Level.FAIL, seen, remedy);
    }

    static Finding notChecked(String why, String remedy) {
        return warn("not checked, because " + why, remedy);
    }

    /** Of an error's message, which names the remedy. */
    static Finding of(Level level, RuntimeException error) {
        String message = String.valueOf(error.getMessage());
        Matcher parts = MESSAGE.matcher(message);
        return parts.matches()
                ? new Finding(level, parts.group("seen"), sentence(parts.group("remedy")))
                : new Finding(level, message.replaceFirst("\\.$", ""), "Correct what it names.");
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + (text.matches(".*[.?]") ? "" : ".");
    }
}

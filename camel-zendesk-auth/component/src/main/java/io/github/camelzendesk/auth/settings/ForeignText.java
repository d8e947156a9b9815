package io.github.camelzendesk.auth.settings;

import java.util.regex.Pattern;

/** What may be shown of a text that somebody else wrote. Stateless. */
public final class ForeignText {
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]");
    private static final int MOST_CHARACTERS = 200;

    private ForeignText() {}

    /** One line of it for the log, of 200 characters at most. */
    public static String oneLine(String text) {
        String line = printable(text);
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS);
    }

    /** All of it, with a space for whatever does not print. */
    public static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(" ");
    }
}

package io.github.camelzendesk.auth.settings.internal;

import java.util.regex.Pattern;

/** What may be shown of a text from outside. Stateless. */
public final class LogSafeText {
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]");
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");
    private static final int MOST_CHARACTERS = 200;

    private LogSafeText() {}

    /** One line of it for the log, of 200 characters at most. */
    public static String oneLine(String text) {
        String line = printable(text).replaceAll(" {2,}", " ");
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS);
    }

    /** What an exception says of itself, in the same way. */
    public static String oneLine(Throwable error) {
        return oneLine(String.valueOf(error));
    }

    /** All of it in its own letters, with a space for line breaks and other control characters. */
    public static String unbroken(String text) {
        return isAscii(text) ? text : BREAKS.matcher(text).replaceAll(" ");
    }

    /** The text of an error comes here for each caller who gets it, and an expression takes longer than all the rest. */
    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** All of it, with a space for whatever does not print. */
    public static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(" ");
    }
}

package io.github.camelzendesk.auth.options;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** The forms that values of options have. Stateless. */
final class Forms {
    private static final long MOST_SECONDS = Duration.ofDays(3653).toSeconds();
    /** September 2001: below it the number is one of seconds, or of anything else. */
    private static final long LEAST_MILLIS = 1_000_000_000_000L;

    private static final long MOST_MILLIS = 9_999_999_999_999L;
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._-]+|\\[?[0-9A-Fa-f:.]+(%\\w+)?]?");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?\\w|%\\w+%");
    private static final Pattern WORD = Pattern.compile("[^\\s\\p{Z}\\p{Cc}\\p{Cf}]*");
    private static final Pattern LINE = Pattern.compile("[^\\p{Zl}\\p{Zp}\\p{Cc}\\p{Cf}]*");

    private Forms() {}

    static boolean areSeconds(long seconds) {
        return seconds > 0 && seconds <= MOST_SECONDS;
    }

    static boolean areMillisSince1970(long millis) {
        return millis >= LEAST_MILLIS && millis <= MOST_MILLIS;
    }

    static boolean isHost(String text) {
        return HOST.matcher(text).matches();
    }

    static boolean isOneWord(String text) {
        return WORD.matcher(text).matches();
    }

    static boolean isOneLine(String text) {
        return LINE.matcher(text).matches();
    }

    static boolean holdsNoVariable(String location) {
        // The URL of a database may have a dollar in its password.
        return location.toLowerCase(Locale.ROOT).startsWith("jdbc:")
                || !VARIABLE.matcher(location).find();
    }

    static boolean isCallback(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null
                    && uri.getFragment() == null
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

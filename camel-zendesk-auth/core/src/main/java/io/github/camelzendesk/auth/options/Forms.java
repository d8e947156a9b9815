package io.github.camelzendesk.auth.options;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** The forms that values of options have. Stateless. */
final class Forms {
    private static final long MOST_SECONDS = Duration.ofDays(3653).toSeconds();
    /** As seconds these are the years from 1973 to 5138; as milliseconds days of the years 1970 to 1973. */
    private static final long LEAST_SECONDS = 100_000_000L;

    private static final long MOST_SECONDS_SINCE_1970 = 100_000_000_000L;
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
        boolean areSeconds = millis >= LEAST_SECONDS && millis < MOST_SECONDS_SINCE_1970;
        return millis >= 0 && !areSeconds && millis <= MOST_MILLIS;
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

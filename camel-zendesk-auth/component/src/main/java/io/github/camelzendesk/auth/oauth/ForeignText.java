package io.github.camelzendesk.auth.oauth;

import java.util.regex.Pattern;

/** What may be logged of a text that somebody else wrote. Stateless. */
public final class ForeignText {
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]");
    private static final int MOST_CHARACTERS = 200;

    private ForeignText() {}

    /** One printable line of it, of 200 characters at most. */
    public static String oneLine(String text) {
        String line = UNPRINTABLE.matcher(text).replaceAll(" ");
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS);
    }
}

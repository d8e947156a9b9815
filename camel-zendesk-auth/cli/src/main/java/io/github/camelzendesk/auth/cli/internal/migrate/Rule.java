package io.github.camelzendesk.auth.cli.internal.migrate;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line looks like that uses what ends. Immutable.
 *
 * @param pattern its group {@code name} is the name of a key or an option
 * @param where where Zendesk must be mentioned for it to count
 */
record Rule(Kind kind, Where where, Pattern pattern) {
    /** Where Zendesk is mentioned. */
    enum Where {
        /** The pattern alone is enough. */
        ANYWHERE,
        /** In the line, in the path of its key, or beside a key that begins alike. */
        GROUP,
        /** In one of the lines around. */
        NEAR,
        /** In any line. */
        FILE,
        /** As the scheme of an endpoint, or as a builder of a client, in the lines before. */
        AFTER
    }

    static Rule of(Kind kind, Where where, String pattern) {
        return new Rule(kind, where, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE));
    }

    /** The name that a line uses, when the rule is true of it. */
    Optional<String> nameIn(ScannedText text, int line) {
        Matcher matcher = pattern.matcher(text.subject(line));
        while (matcher.find()) {
            if (text.isAbout(where, line, matcher.group("name"))) {
                return Optional.of(matcher.group("name"));
            }
        }
        return Optional.empty();
    }
}

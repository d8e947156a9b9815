package io.github.camelzendesk.auth.rewrite;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** The key of a property that sets an option of camel-zendesk or of zendesk-auth. Immutable. */
record OptionKey(String group, boolean isOwn, @Nullable String connection, String option) {
    private static final Pattern KEY =
            Pattern.compile("(?i)((?:%[^.]+\\.)?camel\\.component\\.(zendesk-?auth|zendesk)\\."
                    + "(?:configuration\\.|connections(?:\\.([^.\\[\\]]+)|\\[([^\\]]+)])\\.)?)([a-z0-9-]+)");

    static Optional<OptionKey> parse(String key) {
        Matcher parts = KEY.matcher(key);
        return parts.matches()
                ? Optional.of(new OptionKey(
                        parts.group(1),
                        parts.group(2).length() > "zendesk".length(),
                        parts.group(3) == null ? parts.group(4) : parts.group(3),
                        parts.group(5)))
                : Optional.empty();
    }

    /** Before the options of a connection. Camel changes a name with dashes, dots or capitals that is not in brackets. */
    static String group(Connection connection) {
        String name = connection.name();
        return "camel.component.zendesk-auth.connections" + (name.matches("[a-z0-9]+") ? "." + name : "[" + name + "]")
                + ".";
    }

    String normalOption() {
        return CamelUri.normal(option);
    }
}

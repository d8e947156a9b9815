package io.github.camelzendesk.auth.rewrite;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** A named connection that a place needs, and the account that it leads to, where the place tells. Immutable. */
record Connection(String name, @Nullable String url) {
    String endpoint() {
        return "zendesk-auth:" + name;
    }

    /**
     * The environment variable of an option: with the connection's name in the place of {@code ZENDESK_} where a module has
     * several, because the command refuses a variable {@code ZENDESK_...} that is no option.
     */
    String variable(String option, boolean isOnly) {
        String suffix = option.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
        return (isOnly ? "ZENDESK" : word()) + "_" + suffix;
    }

    private String word() {
        return name.replaceAll("[^A-Za-z0-9]|^(?=\\d)", "_").toUpperCase(Locale.ROOT);
    }
}

package io.github.camelzendesk.auth.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.cli.internal.migrate.Reference;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;

/** Connections without their secrets, to be shown or given away. Stateless. */
final class Secrets {
    private Secrets() {}

    /** To be shown: with {@code (set)} in place of each secret. A reference to a variable is none. */
    static NamedConnection masked(NamedConnection connection) {
        return replaced(connection, option -> "(set)");
    }

    /** To be given away: with a reference to a variable of the connection in place of each secret. */
    static NamedConnection referred(NamedConnection connection) {
        return replaced(connection, option -> Reference.of(connection.name(), option));
    }

    /** To be checked: with what references refer to, or some word where that is set elsewhere only. */
    static NamedConnection filled(NamedConnection connection, Map<String, String> environment) {
        NamedConnection filled = connection;
        for (Option<?> option : Options.ALL) {
            String text = String.valueOf(connection.options().find(option));
            if (option.isSecret() && Reference.isIn(text)) {
                filled = filled.with(text(option), Reference.filled(text, environment));
            }
        }
        return filled;
    }

    /** The variables that a connection refers to. */
    static List<String> variables(NamedConnection connection) {
        return Options.ALL.stream()
                .map(option -> String.valueOf(connection.options().find(option)))
                .filter(Reference::is)
                .map(Reference::variable)
                .toList();
    }

    private static NamedConnection replaced(NamedConnection connection, Function<Option<?>, String> replacement) {
        NamedConnection safe = connection;
        for (Option<?> option : Options.ALL) {
            if (option.type() == String.class && isSecret(connection.options(), option)) {
                safe = safe.with(text(option), replacement.apply(option));
            }
        }
        return safe;
    }

    @SuppressWarnings("unchecked") // each secret is a text
    private static Option<String> text(Option<?> option) {
        return (Option<String>) option;
    }

    /** The address of a database may have a password in it. */
    private static boolean isSecret(ConnectionOptions options, Option<?> option) {
        String text = String.valueOf(options.find(option));
        boolean secret = ConnectionArguments.isSecret(option)
                || option == Options.OAUTH_SETTINGS_LOCATION
                        && text.toLowerCase(Locale.ROOT).matches("jdbc:.*(password|pwd|@).*");
        return secret && options.isSet(option) && !Reference.is(text);
    }
}

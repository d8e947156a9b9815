package io.github.camelzendesk.auth.cli.internal.migrate;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelzendesk.auth.cli.internal.connections.ConnectionsEditor;
import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;

/** What a connection can be written as. */
public enum ExportFormat {
    /** Lines of {@code connections.properties}. */
    PROPERTIES("{{env:NAME}}"),
    /** Properties of Camel Main. */
    CAMEL("{{env:NAME}}"),
    /** Properties of Spring Boot. */
    SPRING("${NAME}"),
    /** Properties of Camel Quarkus. */
    QUARKUS("${NAME}"),
    /** Commands of a shell. */
    ENVIRONMENT("\"${NAME:?}\""),
    /** The connection string of a driver. */
    JDBC("${NAME}");

    private static final List<Option<?>> OF_DRIVERS = List.of(
            Options.URL,
            Options.AUTH_SCHEME,
            Options.USER,
            Options.PASSWORD,
            Options.API_TOKEN,
            Options.INITIATE_OAUTH,
            Options.OAUTH_CLIENT_ID,
            Options.OAUTH_CLIENT_SECRET,
            Options.CALLBACK_URL,
            Options.SCOPE,
            Options.OAUTH_ACCESS_TOKEN,
            Options.OAUTH_REFRESH_TOKEN,
            Options.OAUTH_EXPIRES_IN,
            Options.OAUTH_TOKEN_TIMESTAMP,
            Options.OAUTH_VERIFIER,
            Options.PKCE_VERIFIER,
            Options.PROXY_HOST,
            Options.PROXY_PORT,
            Options.PROXY_USER,
            Options.PROXY_PASSWORD,
            Options.NON_PROXY_HOSTS);

    private static final Set<ExportFormat> LITERAL = Set.of(ENVIRONMENT, JDBC);

    private final String reference;

    ExportFormat(String reference) {
        this.reference = reference;
    }

    /** As the drivers spell it. */
    private static String driverName(Option<?> option) {
        String name = option.spellings().isEmpty()
                ? option.name()
                : option.spellings().get(0);
        return (name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))
                .replaceFirst("^Oauth", "OAuth")
                .replaceFirst("^Pkce", "PKCE")
                .replaceFirst("Url$", "URL");
    }

    /**
     * The connection in this format; a secret that is a reference to a variable stays one.
     *
     * @throws ConfigurationRefused when a value would be taken for a reference there
     */
    public List<String> lines(NamedConnection connection) {
        if (this == JDBC) {
            return List.of(OF_DRIVERS.stream()
                    .filter(connection.options()::isSet)
                    .map(option -> DriverString.pair(driverName(option), value(connection, option)))
                    .collect(Collectors.joining("", "jdbc:zendesk:", "")));
        }
        return set(connection).map(option -> line(connection, option)).toList();
    }

    /** The names of the options of a connection that this format has no place for. */
    public List<String> leftOut(NamedConnection connection) {
        return this == JDBC
                ? set(connection)
                        .filter(option -> !OF_DRIVERS.contains(option))
                        .map(Option::name)
                        .toList()
                : List.of();
    }

    private static Stream<Option<?>> set(NamedConnection connection) {
        return Options.ALL.stream().filter(connection.options()::isSet);
    }

    private String line(NamedConnection connection, Option<?> option) {
        String value = value(connection, option);
        return switch (this) {
            case ENVIRONMENT -> "export " + option.variable() + "=" + value;
            case PROPERTIES -> ConnectionsEditor.line(connection.name() + "." + option.name(), value);
            default -> ConnectionsEditor.line(key(connection.name(), option), value);
        };
    }

    private String value(NamedConnection connection, Option<?> option) {
        String text = ConnectionsEditor.text(connection.options(), option);
        if (Reference.is(text)) {
            return Reference.as(reference, text);
        }
        if (!LITERAL.contains(this) && (text.contains("{{") || text.contains("${"))) {
            throw new ConfigurationRefused("The value of " + option + " has {{ or ${ in it, which would be taken for a"
                    + " reference there: leave out --with-secrets, and set the variable.");
        }
        return this == ENVIRONMENT ? "'" + text.replace("'", "'\\''") + "'" : text;
    }

    private static String key(String connection, Option<?> option) {
        boolean plain = connection.matches("[A-Za-z0-9-]+");
        return "camel.component.zendesk-auth.connections"
                + (plain ? "." + connection : "[" + connection + "]")
                + "."
                + option.variable()
                        .substring("ZENDESK_".length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
    }
}

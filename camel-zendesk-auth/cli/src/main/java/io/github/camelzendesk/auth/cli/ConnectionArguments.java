package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.cli.internal.connections.ConnectionSource;
import io.github.camelzendesk.auth.cli.internal.connections.Connections;
import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The arguments that say which connection a command is about: its name, a file, and each option as {@code --oauth-client-id}.
 * For one thread.
 *
 * <p>A secret is no argument, because everybody on the machine sees the arguments of a process: its option asks for it, or
 * reads it from a file.
 */
final class ConnectionArguments {
    /** Secret in logs, but no danger among the arguments of a process. */
    private static final Set<Option<?>> SHOWN = Set.of(Options.USER, Options.PROXY_USER);
    /** What most need; the others are listed by {@code zendesk-auth options}. */
    private static final Set<Option<?>> USUAL = Set.of(
            Options.URL,
            Options.AUTH_SCHEME,
            Options.OAUTH_CLIENT_ID,
            Options.OAUTH_CLIENT_SECRET,
            Options.OAUTH_SETTINGS_LOCATION);

    @CommandLine.Option(
            names = {"-c", "--connection"},
            paramLabel = "NAME",
            description = "The connection; the only one of the file unless there are several.")
    @Nullable
    String connection;

    @CommandLine.Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Where connections are named: a connections.properties, or the application.properties of a"
                    + " Camel, Spring Boot or Quarkus application.")
    @Nullable
    Path config;

    private final Map<String, String> given = new LinkedHashMap<>();
    private final List<Option<?>> asked = new ArrayList<>();

    static boolean isSecret(Option<?> option) {
        return option.isSecret() && !SHOWN.contains(option);
    }

    /** As it is written among arguments: {@code --oauth-client-id}. */
    static String argument(Option<?> option) {
        return "--"
                + option.variable()
                        .substring("ZENDESK_".length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
    }

    /** Adds an argument for each option of a connection. */
    void addOptions(CommandSpec spec, CommandContext context) {
        for (Option<?> option : Options.ALL) {
            if (isSecret(option)) {
                addSecret(spec, option, context);
            } else {
                spec.addOption(text(option, argument(option), option.description())
                        .setter(setter(text -> given.put(option.name(), text)))
                        .build());
            }
        }
    }

    private void addSecret(CommandSpec spec, Option<?> option, CommandContext context) {
        String name = argument(option);
        spec.addOption(text(option, name, option.description() + " Asks for it.")
                .arity("0..1")
                .fallbackValue("")
                .paramLabel("")
                .hideParamSyntax(true)
                .setter(setter(text -> ask(option, text)))
                .build());
        spec.addOption(text(option, name + "-file", "Reads it from this file, or from the standard input (-).")
                .hidden(true)
                .paramLabel("FILE")
                .setter(setter(file -> given.put(option.name(), read(file, name + "-file", context))))
                .build());
    }

    private static OptionSpec.Builder text(Option<?> option, String name, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .arity("1")
                .paramLabel(option.type().isEnum() ? "KIND" : "VALUE")
                .hidden(!USUAL.contains(option))
                .description(description.replace("%", "%%"));
    }

    private static CommandLine.Model.ISetter setter(Consumer<String> taken) {
        return new CommandLine.Model.ISetter() {
            @Override
            public <T> @Nullable T set(T value) {
                if (value != null) {
                    taken.accept(value.toString());
                }
                return null;
            }
        };
    }

    private void ask(Option<?> option, String text) {
        if (!text.isEmpty()) {
            throw new ConfigurationRefused(argument(option) + " takes no value, because everybody on this machine sees"
                    + " the arguments of a process. " + remedy(option));
        }
        asked.add(option);
    }

    /** How a secret is given. */
    static String remedy(Option<?> option) {
        return "Give it as " + option.variable() + " in the environment, by " + argument(option)
                + "-file FILE (- is the standard input), or as " + argument(option)
                + " without a value at a terminal, which asks for it.";
    }

    /**
     * What a file, or the first line of the standard input (-), holds.
     *
     * @throws ConfigurationRefused when that is nothing; does not quote the file, in whose place a secret may be
     */
    static String read(String file, String name, CommandContext context) {
        try {
            String text = file.equals("-") ? context.terminal().readLine() : SecretFile.read(Path.of(file));
            if (text != null && !text.isBlank()) {
                return text.strip();
            }
        } catch (IOException | InvalidPathException e) {
            throw new ConfigurationRefused(name + " names a file that cannot be read ("
                    + e.getClass().getSimpleName() + "). Check its path, and that it is a text for this user to read.");
        }
        throw new ConfigurationRefused(
                name + ": there is nothing in " + (file.equals("-") ? "the standard input" : "that file") + ".");
    }

    /** What the arguments set, secrets that are to be asked for included. */
    ConnectionOptions given(CommandContext context) {
        for (Option<?> option : asked) {
            String name = argument(option).substring(2).replace('-', ' ');
            given.put(
                    option.name(),
                    context.terminal().askSecret(name + ": ", remedy(option)).reveal());
        }
        asked.clear();
        return ConnectionOptions.of(given);
    }

    /** The connections of the file. */
    Connections connections(CommandContext context) {
        return read(context, Connections::read);
    }

    private Connections read(CommandContext context, BiFunction<Path, Map<String, String>, Connections> reading) {
        Path file;
        try {
            file = file(context);
        } catch (ConfigurationRefused e) {
            // Arguments and the environment may say all that is needed.
            return Connections.none(CommandContext.CONNECTIONS);
        }
        return reading.apply(file, context.environment());
    }

    /** The file that names them. */
    Path file(CommandContext context) {
        return config == null ? context.connectionsFile() : config;
    }

    /**
     * The connection that is meant.
     *
     * @throws ConfigurationRefused when it is none, or several could be
     */
    NamedConnection selected(CommandContext context) {
        return selected(context, connection);
    }

    /** The same of another name. */
    NamedConnection selected(CommandContext context, @Nullable String name) {
        return source(context).selected(name);
    }

    /** The same, where a reference to the environment stays one in place of a secret. */
    NamedConnection selectedWithReferences(CommandContext context) {
        return new ConnectionSource(given(context), connectionsWithReferences(context), context.environment())
                .selected(connection);
    }

    Connections connectionsWithReferences(CommandContext context) {
        return read(context, Connections::readWithReferences);
    }

    /** All that could be meant: the one that is named, or else each of the file. */
    List<NamedConnection> selectable(CommandContext context) {
        return source(context).selectable(connection);
    }

    private ConnectionSource source(CommandContext context) {
        return new ConnectionSource(given(context), connections(context), context.environment());
    }

    /** The arguments of these options, for help. */
    static String list() {
        return Options.ALL.stream()
                .map(option -> "  " + argument(option)
                        + Optional.ofNullable(option.defaultText())
                                .map(text -> " (" + text + ")")
                                .orElse("")
                        + System.lineSeparator() + "      " + option.description())
                .collect(Collectors.joining(System.lineSeparator()));
    }
}

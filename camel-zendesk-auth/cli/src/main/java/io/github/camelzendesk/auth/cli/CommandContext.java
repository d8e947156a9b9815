package io.github.camelzendesk.auth.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;

import io.github.camelzendesk.auth.login.Browser;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.settings.SettingsStores;

import picocli.CommandLine;

/**
 * What surrounds a command. Immutable.
 *
 * @param environment the variables
 * @param browser shows a login to the person in front of this machine
 * @param end lets a command that runs until it is told to end know of that
 */
record CommandContext(
        Terminal terminal, Map<String, String> environment, InstantSource clock, Browser browser, EndSignal end) {
    static final String CONNECTIONS = "connections.properties";

    static CommandContext ofProcess() {
        return new CommandContext(
                Terminal.ofProcess(),
                System.getenv(),
                InstantSource.system(),
                Browser.desktop(),
                EndSignal.ofProcess());
    }

    /** Colours for a person's terminal only, and not where somebody asked for none. */
    CommandLine.Help.Ansi ansi() {
        boolean colours = terminal.is(Terminal.Stream.OUT)
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
        return colours ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF;
    }

    /**
     * Where connections are named, unless an argument says otherwise: beside the settings that this user keeps.
     *
     * @throws ConfigurationRefused when this user has no such folder, as in a container
     */
    Path connectionsFile() {
        try {
            return Objects.requireNonNull(
                            SettingsStores.defaultFile("any", environment).getParent())
                    .resolve(CONNECTIONS);
        } catch (InvalidPathException e) {
            throw new ConfigurationRefused(
                    "The path of " + CONNECTIONS + " has letters that the locale does not know: set LC_ALL=C.UTF-8.");
        } catch (IllegalArgumentException e) {
            throw new ConfigurationRefused("There is no default place for " + CONNECTIONS
                    + ", because this user has no home: name a file with --config, or set XDG_CONFIG_HOME.");
        }
    }
}

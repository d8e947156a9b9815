package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

/** The packaged command, started as a shell starts it. For one thread. */
final class Launcher {
    private static final Path LAUNCHER =
            Path.of("target/zendesk-auth/bin/zendesk-auth").toAbsolutePath();
    /** One for all tests, because the classes are kept there. */
    private static final Path CACHE = Path.of("target/launcher-cache").toAbsolutePath();

    final Map<String, String> environment = new TreeMap<>();

    Launcher(Path home) {
        environment.put("XDG_CONFIG_HOME", home.toString());
        environment.put("XDG_CACHE_HOME", CACHE.toString());
    }

    /** Variables that describe a grant of this client, kept in that file. */
    Launcher grant(ZendeskServer zendesk, RegisteredClient client, Path settings) {
        environment.put("ZENDESK_URL", zendesk.url());
        environment.put("ZENDESK_OAUTH_CLIENT_ID", client.identifier());
        environment.put("ZENDESK_OAUTH_CLIENT_SECRET", client.secret());
        environment.put("ZENDESK_OAUTH_SETTINGS_LOCATION", settings.toString());
        return this;
    }

    /** The same of a client that needs no person. */
    Launcher robot(ZendeskServer zendesk, RegisteredClient client, Path settings) {
        grant(zendesk, client, settings).environment.put("ZENDESK_AUTH_SCHEME", "OAuthClient");
        return this;
    }

    /** A script in which {@code zendesk-auth} is the command. */
    Process start(String script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "sh",
                        "-c",
                        "zendesk_auth() { '" + LAUNCHER + "' \"$@\"; }\n"
                                + script.replace("exec zendesk-auth ", "exec '" + LAUNCHER + "' ")
                                        .replace("zendesk-auth ", "zendesk_auth "))
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** A script of a file, with arguments. */
    Process script(Path file, String... arguments) throws IOException {
        return start("set -- '" + String.join("' '", arguments) + "'\n" + Files.readString(file));
    }

    /** All that a script prints. */
    String run(String script) throws IOException {
        return new String(start(script).getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** The command at a terminal. */
    Pty terminal(String arguments) throws IOException {
        return new Pty(environment, LAUNCHER + " " + arguments);
    }
}

package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsOwner;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * Loads what {@code zendesk-auth token} loads, so that the launcher can have Java keep these classes as they are in memory. It
 * prints a token that is none, of an account that is none, and calls nobody.
 */
final class Rehearsal {
    private static final Duration LIFETIME = Duration.ofDays(1);

    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        Path folder = Files.createTempDirectory("zendesk-auth-");
        Path settings = folder.resolve("rehearsal.json");
        try {
            rehearse(Map.of(
                    "ZENDESK_URL", "rehearsal",
                    "ZENDESK_OAUTH_CLIENT_ID", "rehearsal",
                    "ZENDESK_OAUTH_CLIENT_SECRET", "rehearsal",
                    "ZENDESK_OAUTH_SETTINGS_LOCATION", settings.toString()));
        } finally {
            Files.deleteIfExists(settings);
            Files.deleteIfExists(folder.resolve("rehearsal.json.lock"));
            Files.deleteIfExists(folder);
        }
    }

    private static void rehearse(Map<String, String> environment) throws InterruptedException {
        NamedConnection connection = new NamedConnection("rehearsal", ConnectionOptions.ofEnvironment(environment));
        store(connection.withoutLogin());
        Terminal nowhere = new Terminal(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                Set.of(),
                prompt -> null);
        CommandContext context = new CommandContext(
                nowhere, environment, InstantSource.system(), address -> false, EndSignal.ofProcess());
        Main.run(context, "token", "--connection", "rehearsal");
        Main.run(context, "token", "--header");
    }

    private static void store(NamedConnection connection) throws InterruptedException {
        Instant now = Instant.now();
        try (SettingsTransaction transaction =
                connection.store().begin(LIFETIME).orElseThrow()) {
            transaction.save(
                    OAuthSettings.empty(SettingsOwner.person(connection.parsed().url(), "rehearsal"))
                            .withNewLineage(
                                    "rehearsal",
                                    new TokenPair(
                                            Secret.of("rehearsal"),
                                            Secret.of("rehearsal-refresh"),
                                            "read write",
                                            now,
                                            now.plus(LIFETIME),
                                            now.plus(LIFETIME.multipliedBy(2)))));
        }
    }
}

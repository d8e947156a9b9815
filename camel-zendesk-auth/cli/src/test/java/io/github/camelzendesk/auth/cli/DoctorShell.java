package io.github.camelzendesk.auth.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsOwner;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;
import io.github.camelzendesk.auth.testkit.IssuedTokens;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the command doctor in this JVM, and fails when it prints a secret. For one thread. */
final class DoctorShell {
    final Map<String, String> environment = new TreeMap<>();
    private final List<String> secrets = new ArrayList<>();
    InstantSource clock = InstantSource.system();

    /** A shell of somebody who keeps the configuration in this folder. */
    DoctorShell(Path home) {
        environment.put("XDG_CONFIG_HOME", home.toString());
        environment.put("APPDATA", home.toString());
    }

    /** What a command printed, and how it ended. */
    record Result(int exit, String out, String err) {
        /** The line of this check. */
        String line(String check) {
            return out.lines()
                    .filter(line -> line.matches("[A-Z]+ +" + check + " .*"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + check + " in " + out + err));
        }

        /** All that is not well. The kind of file system is that of the machine where the test runs. */
        List<String> complaints() {
            return out.lines()
                    .filter(line -> !line.startsWith("OK ") && !line.contains(" file system "))
                    .toList();
        }
    }

    DoctorShell set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    DoctorShell secret(String variable, String value) {
        secrets.add(value);
        return set(variable, value);
    }

    /** A grant of this client, kept in that file. */
    DoctorShell grant(ZendeskServer zendesk, RegisteredClient client, Path settings) {
        set("ZENDESK_URL", zendesk.url());
        set("ZENDESK_OAUTH_CLIENT_ID", client.identifier());
        secret("ZENDESK_OAUTH_CLIENT_SECRET", client.secret());
        set("ZENDESK_CALLBACK_URL", client.redirectUris().iterator().next());
        return set("ZENDESK_OAUTH_SETTINGS_LOCATION", settings.toString());
    }

    /** Stores these tokens, of a login that ends as they do. */
    DoctorShell stored(IssuedTokens issued) {
        TokenPair pair = new TokenPair(
                Secret.of(issued.accessToken()),
                Secret.of(issued.refreshToken()),
                issued.scope(),
                issued.issuedAt(),
                issued.expiresAt(),
                issued.refreshExpiresAt());
        secrets.add(issued.accessToken());
        secrets.add(issued.refreshToken());
        return stored(empty().withNewLineage("login-1", pair));
    }

    OAuthSettings empty() {
        return OAuthSettings.empty(
                SettingsOwner.person(environment.get("ZENDESK_URL"), environment.get("ZENDESK_OAUTH_CLIENT_ID")));
    }

    DoctorShell stored(OAuthSettings settings) {
        try (SettingsTransaction transaction =
                store().begin(Duration.ofMinutes(1)).orElseThrow()) {
            transaction.save(settings);
            return this;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    SettingsStore store() {
        Map<String, String> own = new TreeMap<>(environment);
        own.keySet().removeIf(name -> !name.startsWith("ZENDESK_"));
        return new NamedConnection("127.0.0.1", ConnectionOptions.ofEnvironment(own))
                .withoutLogin()
                .store();
    }

    /** Writes connections.properties. */
    DoctorShell connections(String... lines) throws IOException {
        Path file = Path.of(environment.get("XDG_CONFIG_HOME"), "camel-zendesk-auth", "connections.properties");
        Files.createDirectories(file.getParent());
        Files.write(file, Arrays.asList(lines));
        return this;
    }

    Result doctor(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(InputStream.nullInputStream(), out, err, Set.of(), prompt -> null);
        int exit = Main.run(
                new CommandContext(terminal, Map.copyOf(environment), clock, address -> false, new EndSignal()),
                Stream.concat(Stream.of("doctor"), Stream.of(arguments)).toArray(String[]::new));
        Result result = new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        if (!secrets.isEmpty()) {
            assertThat(result.out() + result.err()).doesNotContain(secrets);
        }
        return result;
    }

    /** As an existing settings file has to be. */
    static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** A port of this machine that nobody listens at. */
    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}

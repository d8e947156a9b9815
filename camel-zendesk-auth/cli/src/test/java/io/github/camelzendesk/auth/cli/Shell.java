package io.github.camelzendesk.auth.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.github.camelzendesk.auth.login.Browser;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

/** Runs commands in this JVM, as a shell runs them in processes. For one thread. */
final class Shell {
    final Map<String, String> environment = new TreeMap<>();
    final EndSignal end = new EndSignal();
    private final Set<Terminal.Stream> terminals = EnumSet.noneOf(Terminal.Stream.class);
    private final Deque<String> secrets = new ArrayDeque<>();
    private Browser browser = address -> false;
    private String input = "";
    InstantSource clock = InstantSource.system();

    /** A shell of somebody who keeps the configuration in this folder. */
    Shell(Path home) {
        environment.put("XDG_CONFIG_HOME", home.toString());
        environment.put("APPDATA", home.toString());
    }

    /** What a command printed, and how it ended. */
    record Result(int exit, String out, String err) {}

    Shell at(Terminal.Stream... streams) {
        terminals.addAll(Set.of(streams));
        return this;
    }

    Shell typed(String text) {
        input = text;
        return this;
    }

    /** What somebody types without echo, when asked. */
    Shell secret(String secret) {
        secrets.add(secret);
        return this;
    }

    Shell browser(Browser shown) {
        browser = shown;
        return this;
    }

    /** Variables that describe a grant of this client, kept in that file. */
    Shell grant(ZendeskServer zendesk, RegisteredClient client, Path settings) {
        environment.put("ZENDESK_URL", zendesk.url());
        environment.put("ZENDESK_OAUTH_CLIENT_ID", client.identifier());
        environment.put("ZENDESK_OAUTH_CLIENT_SECRET", client.secret());
        environment.put("ZENDESK_OAUTH_SETTINGS_LOCATION", settings.toString());
        return this;
    }

    /** The same, logged in. */
    Shell loggedIn(ZendeskServer zendesk, RegisteredClient client, Path settings) {
        grant(zendesk, client, settings);
        String callback = client.redirectUris().iterator().next();
        Result login = browser(address -> {
                    zendesk.user().allow(address);
                    return true;
                })
                .run("login", "--callback-url", callback);
        if (login.exit() != 0) {
            throw new IllegalStateException(login.toString());
        }
        return this;
    }

    Result run(String... arguments) {
        byte[] typed = input.getBytes(StandardCharsets.UTF_8);
        input = "";
        return run(new ByteArrayInputStream(typed), line -> {}, arguments);
    }

    /** @param printed is given each line of the output, as soon as it is printed */
    Result run(InputStream typed, Consumer<String> printed, String... arguments) {
        ByteArrayOutputStream out = new Lines(printed);
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(typed, out, err, terminals, prompt -> {
            String secret = secrets.poll();
            return secret == null ? null : secret.toCharArray();
        });
        int exit = Main.run(new CommandContext(terminal, Map.copyOf(environment), clock, browser, end), arguments);
        log(err.toByteArray());
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Hands on each line when it is complete. */
    private static final class Lines extends ByteArrayOutputStream {
        private final Consumer<String> told;
        private int begin;

        Lines(Consumer<String> told) {
            this.told = told;
        }

        @Override
        public synchronized void flush() {
            String text = toString(StandardCharsets.UTF_8);
            int end = text.indexOf('\n', begin);
            if (end >= 0) {
                String line = text.substring(begin, end);
                begin = end + 1;
                told.accept(line);
            }
        }
    }

    /** Where SecretLeakExtension looks. */
    private static void log(byte[] printed) {
        try {
            Files.write(
                    Path.of(System.getProperty("test.log", "target/test.log")),
                    printed,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An address of this machine that is registered and free. */
    static String callback() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://localhost:" + free.getLocalPort()).toString();
        }
    }
}

package io.github.camelzendesk.auth.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs commands in this JVM, with a configuration folder of their own. For one thread. */
final class MigrateShell {
    final Map<String, String> environment = new TreeMap<>();
    final Path connections;
    private final Set<Terminal.Stream> terminals = EnumSet.noneOf(Terminal.Stream.class);
    private final Deque<String> hidden = new ArrayDeque<>();
    private String input = "";

    MigrateShell(Path home) {
        connections = home.resolve("connections.properties");
    }

    /** What a command printed, and how it ended. */
    record Result(int exit, String out, String err) {
        String all() {
            return out + err;
        }
    }

    MigrateShell at(Terminal.Stream... streams) {
        terminals.addAll(Set.of(streams));
        return this;
    }

    MigrateShell typed(String text) {
        input = text;
        return this;
    }

    /** What a person types without echo. */
    MigrateShell hidden(String secret) {
        hidden.add(secret);
        return this;
    }

    /** With the connections of this shell's folder. */
    Result runHere(String... arguments) {
        return run(Stream.concat(Stream.of(arguments), Stream.of("--config", connections.toString()))
                .toArray(String[]::new));
    }

    Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out, err, terminals, prompt -> {
                    String secret = hidden.poll();
                    return secret == null ? null : secret.toCharArray();
                });
        input = "";
        CommandContext context = new CommandContext(
                terminal, Map.copyOf(environment), InstantSource.system(), address -> false, new EndSignal());
        int exit = Main.run(context, arguments);
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}

package io.github.camelzendesk.auth.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.github.camelzendesk.auth.testkit.IssuedSecrets;

import static org.assertj.core.api.Assertions.assertThat;

/** Fails the class after which a log holds a secret that a stand-in ever issued, or the password of the database. */
public final class LogScanner implements AfterAllCallback {
    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        Set<String> secrets = new HashSet<>(IssuedSecrets.all());
        secrets.add(PostgresServer.PASSWORD);
        List<String> leaks = new ArrayList<>();
        for (Path log : logs()) {
            String text = Files.readString(log);
            secrets.stream().filter(text::contains).forEach(secret -> leaks.add(secret.substring(0, 4) + " in " + log));
        }
        assertThat(leaks).as("kinds of secrets").isEmpty();
    }

    private static List<Path> logs() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("test.*\\.log"))
                    .toList();
        }
    }
}

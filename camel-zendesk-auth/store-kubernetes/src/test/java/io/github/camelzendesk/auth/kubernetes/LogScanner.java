package io.github.camelzendesk.auth.kubernetes;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.github.camelzendesk.auth.testkit.IssuedSecrets;

import static org.assertj.core.api.Assertions.assertThat;

/** Fails the class after which the log of this test run holds a secret that a stand-in ever issued. */
final class LogScanner implements AfterAllCallback {
    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        String log = Files.readString(Path.of("target/test.log"));
        assertThat(IssuedSecrets.all().stream().filter(log::contains).map(secret -> secret.substring(0, 4)))
                .as("kinds of secrets in the log")
                .isEmpty();
    }
}

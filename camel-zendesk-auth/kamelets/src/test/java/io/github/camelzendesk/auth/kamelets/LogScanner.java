package io.github.camelzendesk.auth.kamelets;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.github.camelzendesk.auth.testkit.IssuedSecrets;

import static org.assertj.core.api.Assertions.assertThat;

/** Fails the class after which the log of this test run holds a secret that a stand-in ever issued. */
final class LogScanner implements AfterAllCallback {
    private static final Path LOG = Path.of("target", "test.log");

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        String text = Files.readString(LOG);
        assertThat(text).as("what the routes logged").contains("zendesk");
        assertThat(IssuedSecrets.all().stream().filter(text::contains).map(secret -> secret.substring(0, 4)))
                .as("kinds of secrets in %s", LOG)
                .isEmpty();
    }
}

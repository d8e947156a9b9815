package io.github.camelzendesk.auth;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.github.camelzendesk.auth.testkit.IssuedSecrets;

import static org.assertj.core.api.Assertions.assertThat;

/** Fails the class after which the log of this test run holds a secret that a stand-in ever issued. */
public final class LogScanner implements AfterAllCallback {
    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Path log = TestLog.FILE;
        String text = Files.exists(log) ? Files.readString(log) : "";
        List<String> leaked = new ArrayList<>();
        for (String secret : IssuedSecrets.all()) {
            if (text.contains(secret)) {
                leaked.add(secret.substring(0, 4));
            }
        }
        assertThat(leaked).as("kinds of secrets in %s", log).isEmpty();
    }
}

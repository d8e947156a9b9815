package io.github.camelzendesk.auth.kubernetes;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.github.camelzendesk.auth.testkit.IssuedSecrets;

import static org.assertj.core.api.Assertions.assertThat;

/** Fails the class after which the log of this test run holds a token, plain or as a Secret has it. */
final class LogScanner implements AfterAllCallback {
    // What the tests of the store keep as tokens begins with these; a settings document in base64 with the other.
    private static final List<String> TELLTALES = List.of(
            "zrt_",
            "zat_",
            Base64.getEncoder()
                    .encodeToString("{\n  \"format".getBytes(StandardCharsets.UTF_8))
                    .substring(0, 12));

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        String log = Files.readString(Path.of("target/test.log"));
        assertThat(IssuedSecrets.all().stream().filter(log::contains).map(secret -> secret.substring(0, 4)))
                .as("kinds of secrets in the log")
                .isEmpty();
        assertThat(TELLTALES.stream().filter(log::contains))
                .as("tokens in the log")
                .isEmpty();
    }
}

package io.github.camelzendesk.auth.quarkus.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fails the class after which the applications' log holds a secret. By its form, and not with the testkit's
 * SecretLeakExtension: the build starts the stand-in in a class loader of its own, whose issued secrets no test can list.
 */
public final class LogScanner implements AfterAllCallback {
    private static final Pattern SECRET = Pattern.compile("z(at|rt|ac|cs|pt|pw)_[0-9a-f]{20,}");

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        String log = Files.readString(Path.of("target", "quarkus.log"));

        assertThat(log).contains("obtained an access token");
        assertThat(SECRET.matcher(log).results().map(found -> found.group(1)))
                .as("kinds of secrets in the log")
                .isEmpty();
    }

    static boolean looksLikeASecret(String text) {
        return SECRET.matcher(text).find();
    }
}

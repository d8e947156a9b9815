package io.github.camelzendesk.auth.springboot;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.github.camelzendesk.auth.testkit.IssuedSecrets;

import static org.assertj.core.api.Assertions.assertThat;

/** Fails the test whose output has a secret that a stand-in ever issued. */
final class SecretsStayOutOfTheLog implements BeforeEachCallback, AfterEachCallback {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    @Override
    public void beforeEach(ExtensionContext context) {
        bytes.reset();
        PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        System.setOut(out);
        System.setErr(err);
        out.print(text());
        assertThat(IssuedSecrets.all()).as("secrets in the log").noneMatch(text()::contains);
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

package io.github.camelzendesk.auth.testkit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A JUnit 5 extension that keeps what a test prints to {@link System#out} from the console, so that the test can look for
 * what belongs there, and for secrets, which do not. For use in one field with {@link RegisterExtension}, by one test at a
 * time.
 */
public final class PrintedOutput implements BeforeEachCallback, AfterEachCallback {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable PrintStream systemOut;

    @Override
    public void beforeEach(ExtensionContext context) {
        systemOut = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        System.setOut(systemOut);
    }

    /** What was printed so far. */
    public String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

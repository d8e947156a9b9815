package io.github.camelzendesk.auth.testkit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.github.camelzendesk.auth.testkit.internal.TestLog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Fails the test class after which the log of the test run holds a secret that a stand-in of this JVM issued. The log is
 * the file that the system property {@code test.log} names, {@code target/test.log} by default.
 */
public final class SecretLeakExtension implements AfterAllCallback {
    /** A secret that is longer is seen when it stands in the part of one class. */
    private static final int OVERLAP = 1 << 16;

    // What was written before a secret was issued cannot hold it, so each part of the log is read once.
    private static long read;

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        String text = unread();
        List<String> leaked = new ArrayList<>();
        for (String secret : IssuedSecrets.all()) {
            if (text.contains(new String(secret.getBytes(UTF_8), ISO_8859_1))) {
                leaked.add(secret.substring(0, 4));
            }
        }
        if (!leaked.isEmpty()) {
            throw new AssertionError("Secrets of these kinds are in " + TestLog.FILE + ": " + leaked);
        }
    }

    /** Byte by byte, so that a part may begin anywhere. */
    private static synchronized String unread() throws IOException {
        if (!Files.exists(TestLog.FILE)) {
            return "";
        }
        try (RandomAccessFile log = new RandomAccessFile(TestLog.FILE.toFile(), "r")) {
            // Another class loader's logger begins the file again.
            log.seek(log.length() < read ? 0 : Math.max(0, read - OVERLAP));
            byte[] part = new byte[(int) (log.length() - log.getFilePointer())];
            log.readFully(part);
            read = log.getFilePointer();
            return new String(part, ISO_8859_1);
        }
    }
}

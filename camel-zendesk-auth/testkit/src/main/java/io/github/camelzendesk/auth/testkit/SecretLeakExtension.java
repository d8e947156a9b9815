package io.github.camelzendesk.auth.testkit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.github.camelzendesk.auth.testkit.internal.TestLog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Fails the test class after which the log of the test run holds a secret that a stand-in of this JVM issued. The log is
 * the file that the system property {@code test.log} names, {@code target/test.log} by default. Thread-safe.
 */
public final class SecretLeakExtension implements AfterAllCallback {
    /** A secret that is longer is seen when it stands in the part of one class. */
    private static final int OVERLAP = 1 << 16;

    // What was written before a secret was issued cannot hold it, so each part of a log is read once.
    private static final Map<Path, Long> READ = new HashMap<>(); // guarded by the class

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        List<String> leaked = new ArrayList<>();
        for (Path log : TestLog.all()) {
            String text = unread(log);
            IssuedSecrets.all().stream()
                    .filter(secret -> text.contains(new String(secret.getBytes(UTF_8), ISO_8859_1)))
                    .forEach(secret -> leaked.add(secret.substring(0, 4) + " in " + log.getFileName()));
        }
        if (!leaked.isEmpty()) {
            throw new AssertionError("Secrets of these kinds are in the log: " + leaked);
        }
    }

    /** Byte by byte, so that a part may begin anywhere. */
    private static synchronized String unread(Path file) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long read = READ.getOrDefault(file, 0L);
            // Another class loader's logger begins the file again.
            log.seek(log.length() < read ? 0 : Math.max(0, read - OVERLAP));
            byte[] part = new byte[(int) (log.length() - log.getFilePointer())];
            log.readFully(part);
            READ.put(file, log.getFilePointer());
            return new String(part, ISO_8859_1);
        }
    }
}

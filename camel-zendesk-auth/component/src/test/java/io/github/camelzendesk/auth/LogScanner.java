package io.github.camelzendesk.auth;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.github.camelzendesk.auth.testkit.IssuedSecrets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Fails the class after which the log of this test run holds a secret that a stand-in ever issued. */
public final class LogScanner implements AfterAllCallback {
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
        assertThat(leaked).as("kinds of secrets in %s", TestLog.FILE).isEmpty();
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

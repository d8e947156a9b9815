package io.github.camelzendesk.auth.settings.internal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The lock of a settings file by itself, in types that all class loaders share. */
public final class RiggedLock {
    private RiggedLock() {}

    public static Optional<? extends AutoCloseable> take(Path path, Duration patience)
            throws IOException, InterruptedException {
        return LockFile.acquire(path, patience);
    }
}

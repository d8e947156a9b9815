package io.github.camelzendesk.auth.settings.internal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The calls to the file system that a settings file needs, so that a test can let each of them fail. Implementations are
 * stateless.
 */
interface FileOperations {
    /** Throws {@link java.nio.file.NoSuchFileException} when there is none. */
    byte[] read(Path file, int limit) throws IOException;

    /** A value that is another one once the file has been replaced or changed, or has come or gone. */
    Object stamp(Path file) throws IOException;

    /** Creates the directory and its missing parents, for the owner only. Refuses one that others can write to. */
    void createDirectory(Path directory) throws IOException;

    /** Creates the file, for the owner only; fails when there is one. */
    void create(Path file) throws IOException;

    /** Writes over the file from its beginning, cuts it there, and forces it to the disk. */
    void write(Path file, byte[] content) throws IOException;

    /** Replaces the target in one step that a crash cannot split. */
    void replace(Path source, Path target) throws IOException;

    /** Forces the directory's entries to the disk. */
    void forceDirectory(Path directory) throws IOException;

    List<Path> list(Path directory, String glob) throws IOException;

    void delete(Path file) throws IOException;

    boolean exists(Path file);

    /** Whether one file was changed after another; throws when either is missing. */
    boolean isNewer(Path one, Path other) throws IOException;

    /** Takes the lock of a lock file, which is created where it is missing; empty when another held it all that time. */
    Optional<Lock> lock(Path file, Duration patience) throws IOException, InterruptedException;

    /** The directory that a file is in. */
    static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " has no directory");
        }
        return parent;
    }

    /** The lock of a lock file while it is held. For one thread at a time. */
    interface Lock extends AutoCloseable {
        /** Whether it excludes others. */
        boolean isExclusive();

        /** Tells the locked file from another of the same name. */
        String id();

        @Override
        void close() throws IOException;
    }
}

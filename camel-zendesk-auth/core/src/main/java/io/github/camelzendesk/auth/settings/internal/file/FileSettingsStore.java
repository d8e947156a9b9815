package io.github.camelzendesk.auth.settings.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Precedence;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/**
 * Settings in a file of their own, for the owner only. Thread-safe, and safe for use by several
 * processes.
 *
 * <p>Beside {@code NAME} stands {@code NAME.lock}, which is locked for the time of a change and never deleted.
 */
public final class FileSettingsStore implements SettingsStore {
    private static final Logger LOG = LoggerFactory.getLogger(FileSettingsStore.class);
    private static final int MAX_BYTES = 1 << 20;

    private final Path file;
    private final Path directory;
    private final Path lockFile;
    private final SettingsCodec codec;
    private final FileOperations files;
    private volatile boolean mayBeUnforced;

    public FileSettingsStore(Path path, SettingsCodec codec) {
        this(path, codec, new NioFileOperations());
    }

    FileSettingsStore(Path path, SettingsCodec codec, FileOperations files) {
        this.file = canonical(path);
        this.directory = FileOperations.parent(file);
        this.lockFile = file.resolveSibling(file.getFileName() + ".lock");
        this.codec = codec;
        this.files = files;
    }

    @Override
    public String identity() {
        return "file:" + file;
    }

    @Override
    public Optional<OAuthSettings> load() {
        try {
            return Optional.of(codec.decode(files.read(file, MAX_BYTES), "The settings file " + file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("cannot be read", e);
        }
    }

    @Override
    public Optional<Object> stamp() {
        try {
            return Optional.of(files.stamp(file));
        } catch (IOException e) {
            // That it cannot be looked at is a state too, and one that ends.
            return Optional.of(e.getClass());
        }
    }

    @Override
    public Optional<SettingsTransaction> begin(Duration patience) throws InterruptedException {
        try {
            files.createDirectory(directory);
            FileOperations.Lock lock = files.lock(lockFile, patience).orElse(null);
            return lock == null ? Optional.empty() : Optional.of(begin(lock));
        } catch (IOException e) {
            throw failed("cannot be locked", e);
        }
    }

    private FileTransaction begin(FileOperations.Lock lock) throws IOException {
        FileTransaction begun = null;
        try {
            FileTransaction transaction = new FileTransaction(lock);
            if (canLoseLock()) {
                transaction.fence();
            }
            begun = transaction;
            return begun;
        } finally {
            if (begun == null) {
                lock.close();
            }
        }
    }

    /** A lock file younger than the settings replaced one that was deleted, perhaps while it was locked. */
    @Override
    public boolean canLoseLock() {
        try {
            return !files.isNewer(file, lockFile);
        } catch (IOException e) {
            return true;
        }
    }

    private SettingsStoreException failed(String what, IOException e) {
        return new SettingsStoreException(
                "The settings file " + file + " " + what + " (" + FileExceptionTranslator.why(e) + "). "
                        + FileExceptionTranslator.remedy(e, directory),
                e);
    }

    /** One name for one file, whatever links lead to its directory: the lock's exclusion depends on it. */
    private static Path canonical(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path existing = absolute.getParent();
        while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        if (existing == null) {
            throw new IllegalArgumentException(path + " names no file");
        }
        try {
            return existing.toRealPath().resolve(existing.relativize(absolute));
        } catch (IOException e) {
            return absolute;
        }
    }

    /** The file as it was read or written last. */
    private record Seen(Optional<Object> stamp, Optional<OAuthSettings> settings) {}

    /** A change under the lock: temporary file, force, rename, force the directory. For one thread at a time. */
    private final class FileTransaction implements SettingsTransaction {
        private static final int RESERVED_BYTES = 64 * 1024;
        private static final int MOST_UNPARSED = 10;

        private final FileOperations.Lock lock;
        private final Path next;
        private boolean nextExists;
        private @Nullable Seen seen;

        /** A process that locks another file, because this one was replaced, writes to another temporary file too. */
        FileTransaction(FileOperations.Lock lock) {
            this.lock = lock;
            this.next = file.resolveSibling("." + file.getFileName() + "." + lock.id() + ".tmp");
        }

        /** Takes from a process that was stopped, and whose lock file was deleted, what it would put in the settings' place. */
        void fence() throws IOException {
            for (Path other : files.list(directory, "." + globOf(file) + ".*.tmp")) {
                if (!other.equals(next)) {
                    files.delete(other);
                }
            }
        }

        @Override
        public Optional<OAuthSettings> load() {
            return look().settings;
        }

        private Seen look() {
            forceWhatWasRenamed();
            // First: what changes while it is read counts as unread.
            Optional<Object> stamp = FileSettingsStore.this.stamp();
            Seen now = new Seen(stamp, FileSettingsStore.this.load());
            seen = now;
            return now;
        }

        @Override
        public void save(OAuthSettings settings) {
            Seen last = seen == null ? look() : seen;
            refuseUnseen(last);
            Precedence.refuseOlder(settings, last.settings.orElse(null), "The settings file " + file);
            try {
                replace(settings);
            } catch (IOException e) {
                throw failed("cannot be written", e);
            }
        }

        @Override
        public void reserve() {
            refuseWithoutLock();
            try {
                createNext();
                files.write(next, new byte[RESERVED_BYTES]);
                files.forceDirectory(directory);
            } catch (IOException e) {
                throw failed("cannot be given the space for the next token", e);
            }
        }

        @Override
        public boolean isExclusive() {
            return lock.isExclusive();
        }

        @Override
        public Optional<String> keepUnparsed(byte[] answer) {
            Path kept = file.resolveSibling(file.getFileName() + ".unparsed-" + UUID.randomUUID());
            try {
                // A portal that answers every request with its own page must not fill the disk.
                if (files.list(directory, globOf(file) + ".unparsed-*").size() >= MOST_UNPARSED) {
                    return Optional.empty();
                }
                files.create(kept);
                files.write(kept, codec.protect(answer));
                files.forceDirectory(directory);
                return Optional.of(kept.toString());
            } catch (IOException e) {
                throw failed("cannot keep an answer that could not be parsed", e);
            }
        }

        @Override
        public void close() {
            try (lock) {
                if (nextExists) {
                    files.delete(next);
                }
            } catch (IOException e) {
                LOG.debug("A temporary file beside {} stays until the next change", file, e);
            }
        }

        private void refuseWithoutLock() {
            if (!isExclusive()) {
                throw new SettingsStoreException(
                        "The file " + file + ".lock was deleted or replaced while it was locked,"
                                + " so another process may change the settings at the same time. Leave it alone; the next attempt"
                                + " locks the new one.");
            }
        }

        /** An editor or a restore takes no lock, and may have put another login there. */
        private void refuseUnseen(Seen last) {
            if (!last.stamp.equals(FileSettingsStore.this.stamp())) {
                throw new SettingsStoreException(
                        "The settings file " + file + " was changed while it was locked, as by an editor, a copy or a"
                                + " restore. What is there now was left as it is; the next attempt begins with it.");
            }
        }

        private void replace(OAuthSettings settings) throws IOException {
            createNext();
            // Only now: a process that locks another file from here on deletes the temporary one, so that the rename
            // fails.
            refuseWithoutLock();
            files.write(next, codec.encode(settings));
            mayBeUnforced = true;
            files.replace(next, file);
            nextExists = false;
            seen = new Seen(FileSettingsStore.this.stamp(), Optional.of(settings));
            files.forceDirectory(directory);
            mayBeUnforced = false;
        }

        /** A rename or a force that failed may have been done all the same: what is read must last. */
        private void forceWhatWasRenamed() {
            if (mayBeUnforced) {
                try {
                    files.forceDirectory(directory);
                    mayBeUnforced = false;
                } catch (IOException e) {
                    throw failed("cannot be written", e);
                }
            }
        }

        private void createNext() throws IOException {
            if (!nextExists || !files.exists(next)) {
                // A crashed process left it. Its name is known: a search would take longer with each file in the
                // folder.
                files.delete(next);
                files.create(next);
                nextExists = true;
            }
        }
    }

    private static String globOf(Path file) {
        return String.valueOf(file.getFileName()).replaceAll("[\\\\*?\\[\\]{}]", "\\\\$0");
    }
}

package io.github.camelzendesk.auth.settings;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * A file whose only use is to be locked, against threads and processes alike; it is never deleted. Safe for use by
 * several threads.
 *
 * <p>There is one instance a path, and its channel is opened once and stays open: POSIX drops a process's locks on a
 * file as soon as the process closes <em>any</em> descriptor of it.
 */
final class LockFile {
    private static final Map<Path, LockFile> ALL = new ConcurrentHashMap<>();
    private static final long POLL_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long POLL_MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

    private final Path path;
    private final Semaphore threads = new Semaphore(1, true);
    private @Nullable FileChannel channel; // guarded by threads
    private @Nullable Object inode; // guarded by threads

    private LockFile(Path path) {
        this.path = path;
    }

    static LockFile of(Path path) {
        return ALL.computeIfAbsent(path, LockFile::new);
    }

    /** Takes the lock; empty when another held it for all of the time given. */
    Optional<Held> acquire(Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        if (!threads.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        FileLock lock = null;
        try {
            lock = poll(deadline);
            return lock == null ? Optional.empty() : Optional.of(new Held(lock));
        } finally {
            if (lock == null) {
                threads.release();
            }
        }
    }

    private @Nullable FileLock poll(long deadline) throws IOException, InterruptedException {
        while (true) {
            FileLock lock = tryOnce();
            if (lock != null) {
                return lock;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            long pause = ThreadLocalRandom.current().nextLong(POLL_MIN_NANOS, POLL_MAX_NANOS);
            TimeUnit.NANOSECONDS.sleep(Math.min(left, pause));
        }
    }

    private @Nullable FileLock tryOnce() throws IOException {
        FileLock lock;
        try {
            lock = channel().tryLock();
        } catch (OverlappingFileLockException e) {
            // Another class loader of this JVM has this file open and locked: busy, like any other holder.
            return null;
        }
        if (lock == null || isStillThere()) {
            return lock;
        }
        // Somebody deleted or replaced the file: whoever opens the new one would hold a lock of the same name.
        lock.release();
        channel = null;
        return null;
    }

    private static void release(FileLock lock) throws IOException {
        if (lock.isValid()) {
            lock.release();
        }
    }

    private boolean isStillThere() {
        try {
            return Objects.equals(inode, inodeOf(path));
        } catch (IOException e) {
            return false;
        }
    }

    private FileChannel channel() throws IOException {
        FileChannel open = channel;
        // An interrupt in the middle of an operation closes a channel for good.
        if (open == null || !open.isOpen()) {
            create();
            open = FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            inode = inodeOf(path);
            channel = open;
        }
        return open;
    }

    private void create() throws IOException {
        try {
            Files.createFile(path, OwnerOnly.forFile(NioFileOperations.parent(path)));
        } catch (FileAlreadyExistsException e) {
            // The usual case: it stays for good.
        }
    }

    private static @Nullable Object inodeOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /** The lock while it is held. For one thread at a time. */
    final class Held implements AutoCloseable {
        /** Whether it excludes others: not once somebody has deleted the file, for the next one locks another of its name. */
        boolean isExclusive() {
            return lock.isValid() && isStillThere();
        }

        private final FileLock lock;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Held(FileLock lock) {
            this.lock = lock;
        }

        @Override
        public void close() throws IOException {
            if (closed.compareAndSet(false, true)) {
                try {
                    release(lock);
                } finally {
                    threads.release();
                }
            }
        }
    }
}

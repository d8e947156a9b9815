package io.github.camelzendesk.auth.settings.internal.file;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * A file whose only use is to be locked, against threads and processes alike; it is never deleted. Thread-safe.
 *
 * <p>There is one instance a path for as long as somebody holds the lock or waits for it, and no open descriptor when
 * nobody does: a process with many settings files would run out of them. The one exception is a descriptor that may not
 * be {@link LockChannel closed} yet.
 */
final class LockFile {
    private static final Map<Path, LockFile> IN_USE = new ConcurrentHashMap<>();
    private static final long POLL_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long POLL_MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

    private final Path path;
    private final Semaphore threads = new Semaphore(1, true);
    private int users; // guarded by the entry in IN_USE
    private @Nullable LockChannel channel; // guarded by threads

    private LockFile(Path path) {
        this.path = path;
    }

    /** Takes the lock; empty when another held it for all of the time given. */
    static Optional<Held> acquire(Path path, Duration patience) throws IOException, InterruptedException {
        LockFile file = enter(path);
        Held held = null;
        try {
            held = file.acquire(patience);
            return Optional.ofNullable(held);
        } finally {
            if (held == null) {
                file.leave();
            }
        }
    }

    private static LockFile enter(Path path) {
        return IN_USE.compute(path, (same, present) -> {
            LockFile file = present == null ? new LockFile(path) : present;
            file.users++;
            return file;
        });
    }

    /** Stays known while it has a descriptor, which must be used again and not be closed by the garbage collector. */
    private void leave() {
        IN_USE.computeIfPresent(path, (same, present) -> --users == 0 && channel == null ? null : present);
    }

    private @Nullable Held acquire(Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        if (!threads.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return null;
        }
        Held held = null;
        try {
            held = poll(deadline);
            return held;
        } finally {
            if (held == null) {
                threads.release();
            }
        }
    }

    private @Nullable Held poll(long deadline) throws IOException, InterruptedException {
        while (true) {
            Held held = tryOnce();
            if (held != null) {
                return held;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            long pause = ThreadLocalRandom.current().nextLong(POLL_MIN_NANOS, POLL_MAX_NANOS);
            TimeUnit.NANOSECONDS.sleep(Math.min(left, pause));
        }
    }

    private @Nullable Held tryOnce() throws IOException {
        LockChannel open = channel == null ? LockChannel.open(path) : channel;
        try {
            FileLock lock = open.tryLock();
            return lock == null ? null : new Held(open, lock);
        } finally {
            channel = open.isOpen() ? open : null;
        }
    }

    /** The lock while it is held. For one thread at a time. */
    final class Held implements FileOperations.Lock {
        private final LockChannel open;
        private final FileLock lock;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Held(LockChannel open, FileLock lock) {
            this.open = open;
            this.lock = lock;
        }

        /** Not once the file was deleted, because the next process locks another of its name. */
        @Override
        public boolean isExclusive() {
            return lock.isValid() && open.isStillThere();
        }

        @Override
        public String id() {
            return open.id();
        }

        @Override
        public void close() throws IOException {
            if (closed.compareAndSet(false, true)) {
                try {
                    open.close();
                } finally {
                    channel = null;
                    threads.release();
                    leave();
                }
            }
        }
    }
}

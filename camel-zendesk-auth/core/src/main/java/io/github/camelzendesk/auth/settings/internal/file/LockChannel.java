package io.github.camelzendesk.auth.settings.internal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One open descriptor of a lock file, closed as soon as that does no harm. For one thread at a time.
 *
 * <p>POSIX drops a process's locks on a file as soon as the process closes <em>any</em> descriptor of it. So one is
 * closed by the holder of the lock, or when nobody in this JVM holds it; and between the look and the close, nobody in
 * this JVM may take it.
 */
final class LockChannel {
    private final Path path;
    private final FileChannel channel;
    private final @Nullable Object inode;
    private final Object monitor;

    private LockChannel(Path path, FileChannel channel, @Nullable Object inode) {
        this.path = path;
        this.channel = channel;
        this.inode = inode;
        // The same object to all copies of this class that the JVM has loaded;
        // by the inode, as a file may have several names.
        this.monitor = ("camel-zendesk-auth lock " + (inode == null ? path : inode)).intern();
    }

    /** Creates the file where it is missing. */
    static LockChannel open(Path path) throws IOException {
        try {
            // Before the file is opened: one that is put in its place in between is another than this, and told apart.
            Object inode = OwnerOnlyPermissions.checkBeside(path).fileKey();
            return new LockChannel(
                    path, FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS), inode);
        } catch (NoSuchFileException e) {
            return create(path);
        }
    }

    /**
     * In one step: to create it, close it and open it could drop the lock of a copy that was faster. What has come
     * meanwhile is looked at first, like any other.
     */
    private static LockChannel create(Path path) throws IOException {
        FileChannel created;
        try {
            created = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    OwnerOnlyPermissions.forFile(FileOperations.parent(path)));
        } catch (FileAlreadyExistsException e) {
            return open(path);
        }
        try {
            return new LockChannel(path, created, inodeOf(path));
        } catch (IOException e) {
            created.close();
            throw e;
        }
    }

    /** Closes this when the lock is not to be had, except where another copy of this class holds it. */
    @Nullable
    FileLock tryLock() throws IOException {
        synchronized (monitor) {
            boolean keep = false;
            try {
                FileLock lock = channel.tryLock();
                // Another process could open the file that is there now, and hold a lock of the same name.
                keep = lock != null && isStillThere();
                return keep ? lock : null;
            } catch (OverlappingFileLockException e) {
                keep = true;
                return null;
            } finally {
                if (!keep) {
                    channel.close();
                }
            }
        }
    }

    String id() {
        return inode == null ? "0" : Integer.toHexString(inode.hashCode());
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Whether the file is still the one that was opened. */
    boolean isStillThere() {
        try {
            return Objects.equals(inode, inodeOf(path));
        } catch (IOException e) {
            return false;
        }
    }

    /** Gives the lock back. For the holder only. */
    void close() throws IOException {
        synchronized (monitor) {
            channel.close();
        }
    }

    private static @Nullable Object inodeOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }
}

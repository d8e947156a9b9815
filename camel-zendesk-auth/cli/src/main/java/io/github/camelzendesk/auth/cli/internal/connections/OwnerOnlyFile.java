package io.github.camelzendesk.auth.cli.internal.connections;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/** Writes files that may hold secrets: for their owner only, from the moment they exist. Stateless. */
public final class OwnerOnlyFile {
    private OwnerOnlyFile() {}

    /**
     * Makes a new file.
     *
     * @throws ConfigurationRefused when there is one already, or none can be made
     */
    public static void create(Path file, String content) {
        try {
            write(file, content);
        } catch (FileAlreadyExistsException e) {
            throw new ConfigurationRefused(
                    "There is a file " + file + " already, which is left as it is: name another.");
        } catch (IOException e) {
            throw refused(file, e);
        }
    }

    /**
     * Makes a file, or replaces it as a whole.
     *
     * @throws ConfigurationRefused when that cannot be done; the former content is still there then
     */
    public static void replace(Path file, String content) {
        Path target = file.toAbsolutePath();
        Path next = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            makeFolderOf(target);
            Files.deleteIfExists(next);
            write(next, content);
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw refused(file, e);
        }
    }

    /** The folder of a file, for this user only unless it is there already. */
    static void makeFolderOf(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent(), permissions(file, "rwx------"));
    }

    /** Opens a file for writing that is made where there is none, and is no link. */
    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                permissions(file, "rw-------"));
    }

    /** Deletes what processes that were killed left of a file, while no other is at it. */
    static void sweep(Path file) throws IOException {
        String begin = "." + file.getFileName() + ".";
        try (DirectoryStream<Path> left = Files.newDirectoryStream(
                file.toAbsolutePath().getParent(),
                other -> other.getFileName().toString().startsWith(begin)
                        && other.getFileName().toString().endsWith(".tmp"))) {
            for (Path one : left) {
                Files.deleteIfExists(one);
            }
        }
    }

    /** A file that could not be written whole does not stay. */
    private static void write(Path file, String content) throws IOException {
        Files.createFile(file, permissions(file, "rw-------"));
        try {
            fill(file, content);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static void fill(Path file, String content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] permissions(Path file, String posix) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(posix))}
                : new FileAttribute<?>[0];
    }

    private static ConfigurationRefused refused(Path file, IOException error) {
        return new ConfigurationRefused(
                "The file " + file + " cannot be written (" + error.getClass().getSimpleName()
                        + "): check its folder, the space on the disk and the permissions of this user.");
    }
}

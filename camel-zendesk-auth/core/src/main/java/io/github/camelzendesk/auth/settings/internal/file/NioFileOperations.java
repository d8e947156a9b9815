package io.github.camelzendesk.auth.settings.internal.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.camelzendesk.auth.settings.SettingsStoreException;

/** The real file system. Immutable. */
final class NioFileOperations implements FileOperations {
    private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

    private final Opening opening;

    NioFileOperations() {
        this(FileChannel::open);
    }

    NioFileOperations(Opening opening) {
        this.opening = opening;
    }

    /** How files are opened. A test sees what is forced to disk, and can swap the file behind a name. */
    @FunctionalInterface
    interface Opening {
        FileChannel channel(Path file, OpenOption... options) throws IOException;

        default InputStream stream(Path file, OpenOption... options) throws IOException {
            return Files.newInputStream(file, options);
        }
    }

    @Override
    public byte[] read(Path file, int limit) throws IOException {
        // A file of the kernel's says that it is empty, and may have no end or none of what it waits for.
        if (OwnerOnlyPermissions.checkSettings(file).size() == 0) {
            return new byte[0];
        }
        try (InputStream in = opening.stream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(limit + 1);
            if (content.length > limit) {
                throw new SettingsStoreException("The settings file " + file + " is larger than " + limit
                        + " bytes, which no settings file is. It was left as it is. Set oauthSettingsLocation to another"
                        + " place, or move it away.");
            }
            return content;
        }
    }

    @Override
    public Object stamp(Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
        } catch (NoSuchFileException e) {
            return Stamp.class;
        }
    }

    /** With the inode, because two renames may fall into one tick of the file system's clock. */
    private record Stamp(FileTime modified, long size, String inode) {}

    @Override
    public void createDirectory(Path directory) throws IOException {
        Path existing = directory;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        Files.createDirectories(directory, OwnerOnlyPermissions.forDirectory(existing));
        OwnerOnlyPermissions.checkDirectory(directory);
    }

    @Override
    public void create(Path file) throws IOException {
        Files.createFile(file, OwnerOnlyPermissions.forFile(FileOperations.parent(file)));
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        OwnerOnlyPermissions.checkBeside(file);
        try (FileChannel channel = opening.channel(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.truncate(content.length);
            channel.force(true);
        }
    }

    @Override
    public void replace(Path source, Path target) throws IOException {
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        // Windows opens no channel on a directory, and its file system journals the rename itself.
        if (!WINDOWS) {
            try (FileChannel channel = opening.channel(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public List<Path> list(Path directory, String glob) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
            stream.forEach(files::add);
        }
        return files;
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public boolean isNewer(Path one, Path other) throws IOException {
        return Files.getLastModifiedTime(one).compareTo(Files.getLastModifiedTime(other)) > 0;
    }

    @Override
    public Optional<Lock> lock(Path file, Duration patience) throws IOException, InterruptedException {
        return LockFile.acquire(file, patience).map(held -> held);
    }
}

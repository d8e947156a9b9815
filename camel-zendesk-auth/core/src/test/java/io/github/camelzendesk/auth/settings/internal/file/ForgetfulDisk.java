package io.github.camelzendesk.auth.settings.internal.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The real disk, which knows what of it a power cut would leave: of a directory the names, and of a file the bytes, as
 * they were when each was last forced. Files of one directory.
 */
final class ForgetfulDisk implements NioFileOperations.Opening {
    private static final byte[] NEVER_FORCED = {};

    private final Map<Object, byte[]> contents = new HashMap<>(); // by inode
    private Map<String, Object> names = Map.of(); // the inode by the name

    @Override
    public FileChannel channel(Path file, OpenOption... options) throws IOException {
        return new Channel(FileChannel.open(file, options), file);
    }

    /** What is in the files of the directory after a power cut at this moment, by their names. */
    synchronized Map<String, byte[]> afterAPowerCut() {
        Map<String, byte[]> left = new HashMap<>();
        names.forEach((name, inode) -> left.put(name, contents.getOrDefault(inode, NEVER_FORCED)));
        return left;
    }

    private synchronized void force(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            contents.put(inode(path), Files.readAllBytes(path));
            return;
        }
        Map<String, Object> now = new HashMap<>();
        try (Stream<Path> files = Files.list(path)) {
            files.forEach(file -> now.put(file.getFileName().toString(), inode(file)));
        }
        names = now;
    }

    private static Object inode(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A channel that is only written to, and forced. */
    private final class Channel extends FileChannel {
        private final FileChannel real;
        private final Path path;

        Channel(FileChannel real, Path path) {
            this.real = real;
            this.path = path;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return real.write(source);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            real.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            real.force(metaData);
            ForgetfulDisk.this.force(path);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            real.close();
        }

        @Override
        public int read(ByteBuffer target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(ByteBuffer target, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer source, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileChannel position(long newPosition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long size() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }
    }
}

package io.github.camelzendesk.auth.settings.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.github.camelzendesk.auth.rig.Steps;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.internal.MemorySettingsStore;

/** The real file system, which tells of each call that changes something, or can fail half-way. */
public final class RiggedFiles implements FileOperations {
    private final FileOperations real = new NioFileOperations();
    private final Steps steps;

    private RiggedFiles(Steps steps) {
        this.steps = steps;
    }

    public static SettingsStore store(Path file, String url, String clientId, Steps steps) {
        return new FileSettingsStore(file, SettingsCodec.of(url, clientId, null), new RiggedFiles(steps));
    }

    public static SettingsStore inMemory(String id, String url, String clientId) {
        return new MemorySettingsStore(id, SettingsCodec.of(url, clientId, null));
    }

    /** A disk that fills up in the middle of a write. */
    public static final class ShortWrite extends IOException {
        private static final long serialVersionUID = 1L;

        public ShortWrite() {
            super("No space left on device");
        }
    }

    @Override
    public byte[] read(Path file, int limit) throws IOException {
        steps.at("read");
        return real.read(file, limit);
    }

    @Override
    public Object stamp(Path file) throws IOException {
        return real.stamp(file);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        steps.at("create directory");
        real.createDirectory(directory);
    }

    @Override
    public void create(Path file) throws IOException {
        steps.at("create");
        real.create(file);
        steps.at("created");
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        try {
            steps.at("write");
        } catch (ShortWrite e) {
            half(file, content);
            throw e;
        }
        real.write(file, content);
        steps.at("written");
    }

    @Override
    public void replace(Path source, Path target) throws IOException {
        steps.at("replace");
        real.replace(source, target);
        steps.at("replaced");
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        steps.at("force directory");
        real.forceDirectory(directory);
        steps.at("forced directory");
    }

    @Override
    public List<Path> list(Path directory, String glob) throws IOException {
        steps.at("list");
        return real.list(directory, glob);
    }

    @Override
    public void delete(Path file) throws IOException {
        steps.at("delete");
        real.delete(file);
    }

    @Override
    public boolean exists(Path file) {
        return real.exists(file);
    }

    @Override
    public boolean isNewer(Path one, Path other) throws IOException {
        return real.isNewer(one, other);
    }

    @Override
    public Optional<Lock> lock(Path file, Duration patience) throws IOException, InterruptedException {
        return real.lock(file, patience);
    }

    private static void half(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content, 0, content.length / 2));
        }
    }
}

package io.github.camelzendesk.auth.settings.internal.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsOwner;
import io.github.camelzendesk.auth.settings.SettingsStore;

/**
 * One directory of a disk that several processes share, in memory, below the real {@link FileSettingsStore}. It knows
 * what a power cut leaves: of the directory the names, and of a file the bytes, as they were when each was last forced,
 * or a part of what came after.
 */
public final class SimulatedDisk {
    private static final Path FILE = Path.of("/simulated/settings.json");
    private static final String NAME = "settings.json";

    private Map<String, File> files = new LinkedHashMap<>();
    private Map<String, File> forcedNames = new LinkedHashMap<>();
    private final Map<File, Object> locks = new LinkedHashMap<>();
    private int changes;
    private boolean full;

    /** What happens at the operations of one process. */
    public interface Steps {
        /** Before and after each operation that changes something; may throw what a disk throws. */
        void at(String operation) throws IOException;

        /** Waits a little for a lock; false when the time is over. */
        boolean waitsUntil(long deadline);

        long deadline(Duration patience);
    }

    private static final class File {
        private byte[] content = {};
        private byte[] forced = {};
        private long modified;
        private int number;
        /** Space that it has, and that a later write needs not ask for. */
        private int allocated;
    }

    /** The store of one process. */
    public SettingsStore store(SettingsOwner owner, Steps steps, Object process) {
        return new FileSettingsStore(FILE, SettingsCodec.of(owner, null), new Operations(steps, process));
    }

    public void setFull(boolean isFull) {
        full = isFull;
    }

    /** Whether the answer of a request finds no room. */
    public boolean hasNoRoom() {
        return full && files.values().stream().noneMatch(file -> file.allocated > 4096 && file != files.get(NAME));
    }

    public byte[] content() {
        File file = files.get(NAME);
        return file == null ? null : file.content;
    }

    /** What an editor or a restore does: it replaces the file, and forces it. Null removes it. */
    public void put(byte[] content) {
        if (content == null) {
            files.remove(NAME);
        } else {
            File file = new File();
            file.number = ++changes;
            file.modified = changes;
            file.content = content;
            file.forced = content;
            files.put(NAME, file);
        }
        forcedNames = new LinkedHashMap<>(files);
    }

    public void deleteLockFile() {
        files.remove(NAME + ".lock");
        forcedNames.remove(NAME + ".lock");
    }

    /** What the operating system does when a process ends. */
    public void release(Object process) {
        locks.values().removeIf(process::equals);
    }

    /** Everything that was not forced may be there, or not, or in part. All processes are dead. */
    public void cutPower(Random random) {
        locks.clear();
        files = new LinkedHashMap<>(random.nextBoolean() ? files : forcedNames);
        for (File file : files.values()) {
            if (!Arrays.equals(file.content, file.forced) && random.nextBoolean()) {
                file.content = random.nextBoolean() ? file.forced : half(file.content);
            }
            file.forced = file.content;
        }
        forcedNames = new LinkedHashMap<>(files);
    }

    private static byte[] half(byte[] content) {
        return Arrays.copyOf(content, content.length / 2);
    }

    /** The calls of one process. */
    private final class Operations implements FileOperations {
        private final Steps steps;
        private final Object process;

        Operations(Steps steps, Object process) {
            this.steps = steps;
            this.process = process;
        }

        private File existing(Path path) throws IOException {
            File file = files.get(path.getFileName().toString());
            if (file == null) {
                throw new NoSuchFileException(path.toString());
            }
            return file;
        }

        @Override
        public byte[] read(Path path, int limit) throws IOException {
            steps.at("read");
            return existing(path).content;
        }

        @Override
        public Object stamp(Path path) {
            File file = files.get(path.getFileName().toString());
            return file == null ? File.class : file.number + "/" + file.modified;
        }

        @Override
        public void createDirectory(Path directory) {}

        @Override
        public void create(Path path) throws IOException {
            steps.at("create");
            if (exists(path)) {
                throw new FileAlreadyExistsException(path.toString());
            }
            refuseWhenFull();
            add(path);
            steps.at("created");
        }

        private File add(Path path) {
            File file = new File();
            file.number = ++changes;
            file.modified = changes;
            files.put(path.getFileName().toString(), file);
            return file;
        }

        @Override
        public void write(Path path, byte[] content) throws IOException {
            File file = existing(path);
            steps.at("write");
            if (content.length > file.allocated) {
                refuseWhenFull();
            }
            file.content = half(content);
            file.modified = ++changes;
            steps.at("written in part");
            file.content = content;
            file.allocated = Math.max(file.allocated, content.length);
            file.forced = content;
            steps.at("written");
        }

        private void refuseWhenFull() throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void replace(Path source, Path target) throws IOException {
            steps.at("replace");
            File file = existing(source);
            files.remove(source.getFileName().toString());
            file.allocated = file.content.length;
            files.put(target.getFileName().toString(), file);
            steps.at("replaced");
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
            steps.at("force directory");
            forcedNames = new LinkedHashMap<>(files);
            steps.at("forced directory");
        }

        @Override
        public List<Path> list(Path directory, String glob) throws IOException {
            steps.at("list");
            String[] ends = glob.split("\\*", 2);
            return files.keySet().stream()
                    .filter(name -> name.startsWith(ends[0]) && name.endsWith(ends[1]))
                    .map(directory::resolve)
                    .toList();
        }

        @Override
        public void delete(Path path) throws IOException {
            steps.at("delete");
            files.remove(path.getFileName().toString());
        }

        @Override
        public boolean exists(Path path) {
            return files.containsKey(path.getFileName().toString());
        }

        @Override
        public boolean isNewer(Path one, Path other) throws IOException {
            return existing(one).modified > existing(other).modified;
        }

        @Override
        public Optional<Lock> lock(Path path, Duration patience) throws IOException {
            steps.at("lock");
            long deadline = steps.deadline(patience);
            do {
                File file = exists(path) ? existing(path) : add(path);
                if (locks.putIfAbsent(file, process) == null) {
                    return Optional.of(new Held(path, file));
                }
            } while (steps.waitsUntil(deadline));
            return Optional.empty();
        }

        /** The lock of one process; a thread of it that has it excludes the others of it too. */
        private final class Held implements Lock {
            private final Path path;
            private final File file;

            Held(Path path, File file) {
                this.path = path;
                this.file = file;
            }

            @Override
            public boolean isExclusive() {
                return files.get(path.getFileName().toString()) == file;
            }

            @Override
            public String id() {
                return Integer.toString(file.number);
            }

            @Override
            public void close() {
                locks.remove(file, process);
            }
        }
    }
}

package io.github.camelzendesk.auth.cli.internal.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/**
 * What Linux tells of mounts, locks and processes; nothing on other systems. Immutable.
 *
 * @param root of the file system, where {@code proc} is
 */
record Machine(Path root) {
    private static final String LISTENS = "0A";
    private static final int MOUNT_OPTIONS = 3;
    private static final int LOCKS_PROCESS = 4;
    private static final int LOCKS_FILE = 5;
    private static final int TCP_ADDRESS = 1;
    private static final int TCP_STATE = 3;
    private static final int TCP_INODE = 9;

    /** A file system at its place. Immutable. */
    record Mount(Path point, String type, List<String> options) {}

    /** The mount that holds a path. */
    Optional<Mount> mount(Path path) {
        return lines("proc/self/mounts")
                .map(line -> line.split(" "))
                .filter(parts -> parts.length > MOUNT_OPTIONS)
                .map(parts ->
                        new Mount(Path.of(unescaped(parts[1])), parts[2], List.of(parts[MOUNT_OPTIONS].split(","))))
                .filter(mount -> path.startsWith(mount.point()))
                // Of two at one place the later hides the earlier.
                .reduce((one, next) ->
                        next.point().getNameCount() >= one.point().getNameCount() ? next : one);
    }

    /** Blanks and the like are written in octal. */
    private static String unescaped(String text) {
        return text.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }

    boolean isContainer() {
        return Files.exists(root.resolve(".dockerenv")) || Files.exists(root.resolve("run/.containerenv"));
    }

    boolean listsLocks() {
        return Files.isReadable(root.resolve("proc/locks"));
    }

    /** The process that holds a lock of this file. */
    OptionalLong lockHolder(Path file) {
        try {
            String inode = ":" + Files.getAttribute(file, "unix:ino");
            return lines("proc/locks")
                    .map(line -> line.split("\\s+"))
                    .filter(parts -> parts.length > LOCKS_FILE && parts[LOCKS_FILE].endsWith(inode))
                    .mapToLong(parts -> Long.parseLong(parts[LOCKS_PROCESS]))
                    .filter(process -> process > 0)
                    .findFirst();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return OptionalLong.empty();
        }
    }

    /** The process that listens at this TCP port, as far as this user may see it. */
    OptionalLong listener(int port) {
        String suffix = ":%04X".formatted(port);
        return Stream.of("proc/net/tcp", "proc/net/tcp6")
                .flatMap(this::lines)
                .map(line -> line.strip().split("\\s+"))
                .filter(parts -> parts.length > TCP_INODE
                        && parts[TCP_STATE].equals(LISTENS)
                        && parts[TCP_ADDRESS].endsWith(suffix))
                .map(parts -> owner("socket:[" + parts[TCP_INODE] + "]"))
                .flatMap(Optional::stream)
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    private Optional<String> owner(String socket) {
        return entries(root.resolve("proc")).stream()
                .filter(process -> name(process).matches("\\d+"))
                .filter(process -> entries(process.resolve("fd")).stream()
                        .anyMatch(descriptor -> socket.equals(target(descriptor))))
                .map(Machine::name)
                .findFirst();
    }

    /** By number and program. Its arguments may hold secrets. */
    static String process(long id) {
        if (id == ProcessHandle.current().pid()) {
            return "this process";
        }
        Optional<ProcessHandle.Info> info = ProcessHandle.of(id).map(ProcessHandle::info);
        return "process " + id
                + info.flatMap(ProcessHandle.Info::command)
                        .map(command -> " (" + LogSafeText.oneLine(name(Path.of(command))) + ")")
                        .orElse("")
                + info.flatMap(ProcessHandle.Info::user)
                        .map(user -> " of user " + LogSafeText.oneLine(user))
                        .orElse("");
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static @Nullable String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    private static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private Stream<String> lines(String file) {
        try {
            return Files.readAllLines(root.resolve(file)).stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}

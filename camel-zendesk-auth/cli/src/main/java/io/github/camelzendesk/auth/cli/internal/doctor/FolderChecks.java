package io.github.camelzendesk.auth.cli.internal.doctor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.github.camelzendesk.auth.cli.internal.doctor.Machine.Mount;
import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/** Whether a settings file can be kept in its folder, or, while there is none, where it will be made. Immutable. */
final class FolderChecks {
    private static final long LITTLE = 16L << 20;
    /** Before a refresh token is sent, 64 KiB are set aside. */
    private static final long TOO_LITTLE = 256L << 10;

    private static final int STICKY = 01000;
    private static final Set<String> OF_MEMORY = Set.of("tmpfs", "ramfs");
    private static final Set<String> OF_CONTAINERS = Set.of("overlay", "aufs", "fuse.fuse-overlayfs");
    private static final Set<String> SHARED = Set.of(
            "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "virtiofs", "ceph", "glusterfs", "lustre", "afs", "vboxsf");
    private static final Set<String> WITHOUT_SHARED_LOCKS =
            Set.of("nolock", "nobrl", "local_lock=all", "local_lock=posix", "localflocks");
    private static final String ELSEWHERE =
            "or set oauthSettingsLocation to a file elsewhere, to jdbc: or kubernetes:.";

    private final Path wanted;
    private final Path folder;
    private final Machine machine;

    FolderChecks(Path file, Machine machine) {
        this.wanted = Objects.requireNonNull(file.getParent());
        this.folder = existing(wanted);
        this.machine = machine;
    }

    private static Path existing(Path folder) {
        Path parent = folder.getParent();
        return Files.exists(folder, LinkOption.NOFOLLOW_LINKS) || parent == null ? folder : existing(parent);
    }

    Finding folder() throws IOException {
        if (!Files.isDirectory(folder)) {
            return Finding.fail(folder + " is no folder", "Set oauthSettingsLocation to a file in a folder.");
        }
        if (options().contains("ro") || Files.getFileStore(folder).isReadOnly()) {
            return Finding.fail(
                    folder + " is on a read-only file system", "Mount a volume that can be written, " + ELSEWHERE);
        }
        if (!Files.isWritable(folder)) {
            return Finding.fail(
                    folder + " cannot be written by the user " + System.getProperty("user.name"),
                    "Give that user the folder (chown), " + ELSEWHERE);
        }
        if (isOpenTo(PosixFilePermission.OTHERS_WRITE) || isOpenTo(PosixFilePermission.GROUP_WRITE)) {
            String others = isOpenTo(PosixFilePermission.OTHERS_WRITE) ? "everybody" : "its group";
            return new Finding(
                    isOpenTo(PosixFilePermission.OTHERS_WRITE) ? Level.FAIL : Level.WARN,
                    folder + " can be written by " + others + ", who could replace the settings in it",
                    "Run 'chmod 700 " + folder + "', or name a file in a folder of your own.");
        }
        return Finding.ok(
                folder.equals(wanted) ? folder + " can be written" : wanted + " will be made at the first login");
    }

    /** In a sticky folder, such as /tmp, nobody replaces another's files. */
    private boolean isOpenTo(PosixFilePermission permission) throws IOException {
        Set<String> views = folder.getFileSystem().supportedFileAttributeViews();
        return folder.equals(wanted)
                && views.contains("posix")
                && Files.getPosixFilePermissions(folder).contains(permission)
                && !(views.contains("unix") && ((Integer) Files.getAttribute(folder, "unix:mode") & STICKY) != 0);
    }

    Finding space() throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        String seen = (free >> 20) + " MiB are free";
        if (free < TOO_LITTLE) {
            return Finding.fail(
                    seen + " in " + folder, "Free some space: without it no token is renewed, and none is lost.");
        }
        return free < LITTLE ? Finding.warn(seen + " in " + folder, "Free some space.") : Finding.ok(seen);
    }

    /** What the kind of file system means for tokens that have to last. */
    Finding fileSystem() throws IOException {
        String type = type();
        if (OF_CONTAINERS.contains(type)) {
            return Finding.warn(
                    folder + " is the " + (machine.isContainer() ? "container's own " : "") + "file system (" + type
                            + "), which ends with the container",
                    "Mount a volume and set oauthSettingsLocation to a file in it, or to jdbc: or kubernetes:.");
        }
        if (OF_MEMORY.contains(type)) {
            return Finding.warn(
                    folder + " is in memory (" + type + "), and lost when the machine or the container stops",
                    "Set oauthSettingsLocation to a file on a disk, to jdbc: or kubernetes:.");
        }
        if (SHARED.contains(type) || type.startsWith("fuse")) {
            return Finding.warn(
                    folder + " is on " + type + ", which several machines may share",
                    "It is safe if file locks work among all of them: if in doubt let one machine own the file, "
                            + ELSEWHERE);
        }
        return Finding.ok(type);
    }

    private String type() throws IOException {
        return machine.mount(folder)
                .map(Mount::type)
                .orElse(Files.getFileStore(folder).type())
                .toLowerCase(Locale.ROOT);
    }

    private List<String> options() {
        return machine.mount(folder).map(Mount::options).orElse(List.of());
    }

    /** Locks a file of its own for a moment. */
    Finding locks() throws IOException {
        Optional<String> lacking =
                options().stream().filter(WITHOUT_SHARED_LOCKS::contains).findFirst();
        if (lacking.isPresent()) {
            return Finding.fail(
                    "file locks count on this machine only, because " + folder + " is mounted with " + lacking.get(),
                    "Mount it without " + lacking.get() + ", let one machine alone use the file, " + ELSEWHERE);
        }
        if (!Files.isWritable(folder)) {
            return Finding.notChecked("no file can be made in " + folder, "Correct first what 'folder' says.");
        }
        Path probe = Files.createTempFile(folder, ".zendesk-auth-doctor-", ".tmp");
        try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null ? unlocked("a new file is locked already") : locked(probe);
        } catch (IOException e) {
            return unlocked(LogSafeText.oneLine(e));
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /** A lock that the kernel lists is one that other processes of this machine meet. */
    private Finding locked(Path probe) {
        boolean listed = machine.lockHolder(probe).isPresent();
        return listed || !machine.listsLocks()
                ? Finding.ok("file locks work on this machine")
                : Finding.warn(
                        "a lock was given in " + folder + ", and the kernel does not list it",
                        "If locks are not kept, two processes lose the login: use the file in one process only, "
                                + ELSEWHERE);
    }

    private Finding unlocked(String why) {
        return Finding.fail(
                folder + " is on a file system without file locks (" + why + ")",
                "Set oauthSettingsLocation to a file on a local disk, to jdbc: or kubernetes:.");
    }
}

package io.github.camelzendesk.auth.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Permissions that let the owner in and nobody else, set when a file comes into being and not after. Stateless.
 */
final class OwnerOnly {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final int STICKY = 01000;

    private OwnerOnly() {}

    static FileAttribute<?>[] forFile(Path directory) throws IOException {
        return attributes(directory, FILE);
    }

    static FileAttribute<?>[] forDirectory(Path parent) throws IOException {
        return attributes(parent, DIRECTORY);
    }

    /** Refuses a file that others may read or write, as ssh does with a private key. */
    static void check(Path file) throws IOException {
        if (!isPosix(file)) {
            return;
        }
        checkOwner(file);
        Set<PosixFilePermission> granted =
                new HashSet<>(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
        granted.removeAll(DIRECTORY);
        if (!granted.isEmpty()) {
            throw new SettingsStoreException("The settings file " + file
                    + " can be read or written by others than its owner, so its tokens may be known to them."
                    + " Run 'chmod 600 " + file + "', and log in again if others use this machine.");
        }
    }

    /** Refuses a file of another user, who could change it at will; root's are as good as one's own. */
    private static void checkOwner(Path file) throws IOException {
        String owner = Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName();
        String user = System.getProperty("user.name", "");
        // A container may run under a number without a name, and then nothing is known.
        boolean unknown = user.isEmpty() || user.equals("?");
        if (!unknown && !owner.equals(user) && !owner.equals("root")) {
            throw new SettingsStoreException("The settings file " + file + " belongs to the user '" + owner
                    + "', and this process runs as '" + user + "'. Run 'chown " + user + " " + file
                    + "', or set oauthSettingsLocation to a file of its own.");
        }
    }

    /** Refuses a directory where everybody may put another file in the place of the settings. */
    static void checkDirectory(Path directory) throws IOException {
        if (!isPosix(directory)) {
            return;
        }
        boolean open = Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_WRITE);
        if (open && !isSticky(directory)) {
            throw new SettingsStoreException("The directory " + directory
                    + " can be written by everybody, who could replace the settings file in it. Run 'chmod 700 "
                    + directory + "', or set oauthSettingsLocation to a file in a directory of your own.");
        }
    }

    private static boolean isSticky(Path directory) throws IOException {
        return directory.getFileSystem().supportedFileAttributeViews().contains("unix")
                && ((Integer) Files.getAttribute(directory, "unix:mode") & STICKY) != 0;
    }

    private static FileAttribute<?>[] attributes(Path near, Set<PosixFilePermission> permissions) throws IOException {
        if (isPosix(near)) {
            return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
        }
        return near.getFileSystem().supportedFileAttributeViews().contains("acl")
                ? new FileAttribute<?>[] {acl(near)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<List<AclEntry>> acl(Path near) throws IOException {
        UserPrincipal user = near.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name"));
        List<AclEntry> entries = List.of(AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(user)
                .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                .build());
        return new FileAttribute<>() {
            @Override
            public String name() {
                return "acl:acl";
            }

            @Override
            public List<AclEntry> value() {
                return entries;
            }
        };
    }
}

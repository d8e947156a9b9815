package io.github.camelzendesk.auth.settings.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.camelzendesk.auth.settings.SettingsStoreException;

/**
 * Files of this user's, for this user only: with these permissions from the moment they come into being, and looked at
 * before they are opened. Stateless.
 */
final class OwnerOnlyPermissions {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final int STICKY = 01000;
    private static final String REMOVE =
            " Delete it, or set oauthSettingsLocation to a file in a directory of your own.";

    private OwnerOnlyPermissions() {}

    static FileAttribute<?>[] forFile(Path directory) throws IOException {
        return attributes(directory, FILE);
    }

    static FileAttribute<?>[] forDirectory(Path parent) throws IOException {
        return attributes(parent, DIRECTORY);
    }

    /**
     * What a settings file tells of itself before it is opened. Refuses one that is not a regular file of this user, and one
     * that others may read or write, as ssh does with a private key.
     */
    static BasicFileAttributes checkSettings(Path file) throws IOException {
        BasicFileAttributes attributes = attributes(file);
        Kind kind = Kind.of(attributes);
        if (kind != Kind.REGULAR) {
            throw new SettingsStoreException(
                    "The settings file " + kind.trouble(file) + " Set oauthSettingsLocation to " + kind.instead + ".");
        }
        if (attributes instanceof PosixFileAttributes posix) {
            checkSettings(file, posix);
        }
        return attributes;
    }

    private static void checkSettings(Path file, PosixFileAttributes attributes) {
        if (isForeign(attributes)) {
            throw new SettingsStoreException("The settings file " + foreign(file, attributes) + " Run 'chown " + user()
                    + " " + file + "', or set oauthSettingsLocation to a file of its own.");
        }
        if (isShared(attributes)) {
            throw new SettingsStoreException("The settings file " + file
                    + " can be read or written by others than its owner, so its tokens may be known to them."
                    + " Run 'chmod 600 " + file + "', and log in again if others use this machine.");
        }
    }

    /**
     * The same of the lock and the temporary file beside it. Refuses what is not a regular file of this user alone: to open
     * a named pipe may never end, and who can open a lock can hold it for ever.
     */
    static BasicFileAttributes checkBeside(Path file) throws IOException {
        BasicFileAttributes attributes = attributes(file);
        Kind kind = Kind.of(attributes);
        if (kind != Kind.REGULAR) {
            throw new SettingsStoreException("The file " + kind.trouble(file) + REMOVE);
        }
        if (attributes instanceof PosixFileAttributes posix) {
            checkBeside(file, posix);
        }
        return attributes;
    }

    private static void checkBeside(Path file, PosixFileAttributes attributes) {
        if (isForeign(attributes)) {
            throw new SettingsStoreException("The file " + foreign(file, attributes) + REMOVE);
        }
        if (isShared(attributes)) {
            throw new SettingsStoreException("The file " + file
                    + " can be read or written by others than its owner, so they could hold it for ever. Run 'chmod 600 "
                    + file + "'.");
        }
    }

    /** Whether group or others may read, write or execute it. */
    private static boolean isShared(PosixFileAttributes attributes) {
        return !DIRECTORY.containsAll(attributes.permissions());
    }

    /** Whether another user could change it at will; root's are as good as one's own. */
    private static boolean isForeign(PosixFileAttributes attributes) {
        String owner = attributes.owner().getName();
        // A container may run under a number without a name, and then nothing is known.
        boolean unknown = user().isEmpty() || user().equals("?");
        return !unknown && !owner.equals(user()) && !owner.equals("root");
    }

    private static String user() {
        return System.getProperty("user.name", "");
    }

    private static String foreign(Path file, PosixFileAttributes attributes) {
        return file + " belongs to the user '" + attributes.owner().getName() + "', and this process runs as '" + user()
                + "'.";
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        Class<? extends BasicFileAttributes> type =
                isPosix(file) ? PosixFileAttributes.class : BasicFileAttributes.class;
        return Files.readAttributes(file, type, LinkOption.NOFOLLOW_LINKS);
    }

    private enum Kind {
        REGULAR("", ""),
        DIRECTORY("a directory", "a file in it"),
        LINK("a symbolic link", "the file itself: replacing a link would leave its target behind"),
        OTHER("no regular file", "one");

        private final String words;
        private final String instead;

        Kind(String words, String instead) {
            this.words = words;
            this.instead = instead;
        }

        static Kind of(BasicFileAttributes attributes) {
            if (attributes.isSymbolicLink()) {
                return LINK;
            }
            if (attributes.isDirectory()) {
                return DIRECTORY;
            }
            return attributes.isRegularFile() ? REGULAR : OTHER;
        }

        String trouble(Path file) {
            return file + " cannot be used: it is " + words + ".";
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
        UserPrincipal user =
                near.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user());
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

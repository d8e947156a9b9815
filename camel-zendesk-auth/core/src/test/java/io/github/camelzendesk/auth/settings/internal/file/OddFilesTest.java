package io.github.camelzendesk.auth.settings.internal.file;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What is no regular file of this user is never opened: to open a named pipe may take for ever, and no interrupt ends it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OddFilesTest {
    private static final String URL = "https://acme.zendesk.com";
    private static final OAuthSettings SETTINGS = OAuthSettings.empty(URL, "app")
            .withNewLineage(
                    "a-lineage", new TokenPair(Secret.of("at"), Secret.of("rt"), null, Instant.EPOCH, null, null));

    @TempDir
    Path directory;

    /** All of them 0600 and of this user, so that nothing but their kind is wrong. */
    enum Kind {
        PIPE("it is no regular file") {
            @Override
            void make(Path path) throws Exception {
                run("mkfifo", "-m", "600", path.toString());
            }
        },
        SOCKET("it is no regular file") {
            @Override
            void make(Path path) throws Exception {
                try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                    socket.bind(UnixDomainSocketAddress.of(path));
                }
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            }
        },
        ENDLESS_DEVICE("it is no regular file") {
            @Override
            void make(Path path) throws Exception {
                run("mknod", "-m", "600", path.toString(), "c", "1", "5");
            }
        },
        FULL_DEVICE("it is no regular file") {
            @Override
            void make(Path path) throws Exception {
                run("mknod", "-m", "600", path.toString(), "c", "1", "7");
            }
        },
        DIRECTORY("it is a directory") {
            @Override
            void make(Path path) throws Exception {
                Files.createDirectory(path);
            }
        },
        LINK("it is a symbolic link") {
            @Override
            void make(Path path) throws Exception {
                Path target = Files.createFile(path.resolveSibling("target"));
                Files.createSymbolicLink(path, target);
            }
        },
        LINK_TO_A_PIPE("it is a symbolic link") {
            @Override
            void make(Path path) throws Exception {
                Path target = path.resolveSibling("target");
                PIPE.make(target);
                Files.createSymbolicLink(path, target);
            }
        };

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        abstract void make(Path path) throws Exception;

        private static void run(String... command) throws Exception {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            assumeTrue(process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0, "not to be made here");
        }
    }

    @ParameterizedTest
    @EnumSource
    void isRefusedInThePlaceOfTheSettingsAndStaysAsItIs(Kind kind) throws Exception {
        kind.make(file());
        Object before = attributes(file());

        assertThatThrownBy(() -> store().load())
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageContainingAll("The settings file " + file() + " cannot be used: " + kind.words, "Set ")
                .hasMessageContaining("oauthSettingsLocation")
                .hasMessageNotContaining("chmod");
        assertThatThrownBy(this::save).isInstanceOf(SettingsStoreException.class);
        assertThat(attributes(file())).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void isRefusedInThePlaceOfTheLockAndLocksNothing(Kind kind) throws Exception {
        save();
        Files.delete(lock());
        kind.make(lock());
        Object before = attributes(lock());

        assertThatThrownBy(this::save)
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageContainingAll("The file " + lock() + " cannot be used: " + kind.words, "Delete it")
                .hasMessageContaining("oauthSettingsLocation");
        assertThat(attributes(lock())).isEqualTo(before);
        assertThat(store().load()).as("reading needs no lock").isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void isDeletedInThePlaceOfTheTemporaryFileBeforeAnotherIsMade(Kind kind) throws Exception {
        Path temporary = temporary();
        kind.make(temporary);

        save();

        assertThat(Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(store().load()).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void isNotWrittenToWhenItTakesThePlaceOfTheTemporaryFileInTheMiddleOfAChange(Kind kind) throws Exception {
        Path temporary = temporary();
        try (SettingsTransaction transaction = store().begin(Duration.ZERO).orElseThrow()) {
            transaction.reserve();
            Files.delete(temporary);
            kind.make(temporary);

            assertThatThrownBy(() -> transaction.save(SETTINGS))
                    .isInstanceOf(SettingsStoreException.class)
                    .hasMessageContaining("The file " + temporary + " cannot be used: " + kind.words);
        }
        assertThat(store().load()).isEmpty();
    }

    @Test
    void theLockOfAnotherUserIsRefusedForTheyCouldHoldItForEver() throws Exception {
        save();
        give(lock(), "nobody");

        assertThatThrownBy(this::save)
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageContaining("The file " + lock() + " belongs to the user 'nobody'")
                .hasMessageContainingAll("Delete it", "oauthSettingsLocation", "directory of your own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-rw-", "rw-r--r--", "rw-rw----", "rw-----w-"})
    void aLockThatOthersMayOpenIsRefusedForTheyCouldHoldItForEver(String permissions) throws Exception {
        save();
        Files.setPosixFilePermissions(lock(), PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(this::save)
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageContaining("The file " + lock() + " can be read or written by others than its owner")
                .hasMessageContaining("Run 'chmod 600 " + lock() + "'");
        assertThat(store().load()).as("reading needs no lock").isPresent();

        Files.setPosixFilePermissions(lock(), PosixFilePermissions.fromString("rw-------"));
        save();
    }

    @Test
    void thePipeOfAnotherUserIsRefusedInThePlaceOfTheLock() throws Exception {
        Kind.PIPE.make(lock());
        give(lock(), "nobody");

        assertThatThrownBy(this::save).hasMessageContaining("The file " + lock() + " cannot be used");
    }

    /** They say that they are regular files and hold nothing; the first ends never, the second blocks. */
    @ParameterizedTest
    @ValueSource(strings = {"/proc/self/mem", "/proc/kmsg", "/proc/sys/kernel/random/uuid"})
    void aFileOfTheKernelIsNotOpenedEither(String path) {
        assumeTrue(Files.exists(Path.of(path)), "there is no " + path);

        assertThatThrownBy(() -> store(Path.of(path)).load()).isInstanceOf(SettingsStoreException.class);
    }

    @Test
    void aDirectoryIsToldAsOne() throws Exception {
        Files.createDirectory(file());
        for (String permissions : List.of("rwxr-xr-x", "rwx------")) {
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(permissions));

            assertThatThrownBy(() -> store().load())
                    .hasMessageContaining("it is a directory. Set oauthSettingsLocation to a file in it")
                    .hasMessageNotContaining("chmod");
        }
    }

    private void give(Path path, String user) throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a file away");
        Files.setOwner(
                path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
    }

    private Path temporary() throws Exception {
        try (SettingsTransaction transaction = store().begin(Duration.ZERO).orElseThrow()) {
            transaction.reserve();
            try (Stream<Path> files = Files.list(file().getParent())) {
                return files.filter(file -> file.toString().endsWith(".tmp"))
                        .findFirst()
                        .orElseThrow();
            }
        }
    }

    private void save() throws Exception {
        try (SettingsTransaction transaction = store().begin(Duration.ZERO).orElseThrow()) {
            transaction.keepUnparsed("<html>".getBytes(StandardCharsets.UTF_8));
            transaction.save(SETTINGS);
        }
    }

    private static Object attributes(Path path) throws IOException {
        return Files.readAttributes(path, "unix:mode,ino,size,uid,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
    }

    private SettingsStore store() throws IOException {
        return store(file());
    }

    private static SettingsStore store(Path file) {
        return new FileSettingsStore(file, SettingsCodec.of(URL, "app", null));
    }

    private Path file() throws IOException {
        return directory.toRealPath().resolve("s.json");
    }

    private Path lock() throws IOException {
        return file().resolveSibling("s.json.lock");
    }
}

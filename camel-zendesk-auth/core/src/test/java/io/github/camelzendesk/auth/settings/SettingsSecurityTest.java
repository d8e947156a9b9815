package io.github.camelzendesk.auth.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.settings.internal.file.FileSettingsStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The rows of {@code docs/security.adoc} about what is stored that have no test elsewhere. */
class SettingsSecurityTest {
    private static final String URL = "https://acme.zendesk.com";
    private static final OAuthSettings SETTINGS = OAuthSettings.empty(URL, "app")
            .withNewLineage(
                    "a-lineage",
                    new TokenPair(
                            Secret.of("an-access-token"),
                            Secret.of("a-refresh-token"),
                            null,
                            Instant.EPOCH,
                            null,
                            null));

    @TempDir
    Path directory;

    @Test
    void theLockAndEveryTemporaryFileAreForTheOwnerOnlyWhileTheyStand() throws Exception {
        SettingsStore store = new FileSettingsStore(directory.resolve("s.json"), SettingsCodec.of(URL, "app", null));
        try (SettingsTransaction transaction =
                store.begin(Duration.ofMinutes(1)).orElseThrow()) {
            transaction.save(SETTINGS);
            transaction.reserve();
            transaction.keepUnparsed("<html>".getBytes(StandardCharsets.UTF_8));

            assertThat(files())
                    .hasSize(4)
                    .anySatisfy(file -> assertThat(file.toString()).endsWith(".tmp"))
                    .anySatisfy(file -> assertThat(file.toString()).endsWith(".lock"))
                    .anySatisfy(file -> assertThat(file.toString()).contains(".unparsed-"))
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void aLockThatIsALinkIsNotFollowed() throws Exception {
        Path target = Files.createFile(directory.resolve("target"));
        Files.createSymbolicLink(directory.resolve("s.json.lock"), target);
        SettingsStore store = new FileSettingsStore(directory.resolve("s.json"), SettingsCodec.of(URL, "app", null));

        assertThatThrownBy(() -> store.begin(Duration.ZERO)).isInstanceOf(SettingsStoreException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"https://acme.zendesk.com\"|\"https://other.zendesk.com\"",
                "\"app\"|\"other\"",
                "\"generation\" : 1|\"generation\" : 2"
            })
    void aSealedFileIsBoundToItsAccountItsClientAndItsGeneration(String edit) {
        String sealed = new String(SettingsCodec.of(URL, "app", key(1)).encode(SETTINGS), StandardCharsets.UTF_8);
        String edited = sealed.replace(edit.split("\\|")[0], edit.split("\\|")[1]);
        String url = edited.contains("other.zendesk") ? "https://other.zendesk.com" : URL;
        String client = edited.contains("\"other\"") ? "other" : "app";

        assertThat(edited).isNotEqualTo(sealed);
        assertThatThrownBy(() ->
                        SettingsCodec.of(url, client, key(1)).decode(edited.getBytes(StandardCharsets.UTF_8), "It"))
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageContaining("its authentication tag does not match");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 24, 31, 33, 64})
    void aKeyOfAnotherLengthIsRefusedAndNotQuoted(int bytes) {
        Secret key = Secret.of(Base64.getEncoder().encodeToString(new byte[bytes]));

        assertThatThrownBy(() -> SettingsCodec.of(URL, "app", key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("256 are needed")
                .hasMessageNotContaining("AA");
    }

    @Test
    void theSameSettingsAreNeverSealedToTheSameBytesTwice() {
        SettingsCodec codec = SettingsCodec.of(URL, "app", key(1));

        assertThat(codec.encode(SETTINGS)).isNotEqualTo(codec.encode(SETTINGS));
    }

    @Test
    void theKeyOfAFileIsChangedByReadingWithTheOldOneAndWritingWithTheNew() {
        SettingsCodec before = SettingsCodec.of(URL, "app", key(1));
        SettingsCodec after = SettingsCodec.of(URL, "app", key(2));
        byte[] changed = after.encode(before.decode(before.encode(SETTINGS), "The file"));

        assertThat(after.decode(changed, "The file").refreshToken().reveal()).isEqualTo("a-refresh-token");
        assertThatThrownBy(() -> before.decode(changed, "The file")).hasMessageContaining("encrypted with another key");
    }

    @Test
    void ofSeveralKeysTheFirstWritesAndAllRead() {
        SettingsCodec old = SettingsCodec.of(URL, "app", key(1));
        SettingsCodec both = SettingsCodec.of(URL, "app", Secret.of(key(2).reveal() + ", " + key(1).reveal()));
        SettingsCodec alone = SettingsCodec.of(URL, "app", key(2));

        OAuthSettings read = both.decode(old.encode(SETTINGS), "The file");

        assertThat(alone.decode(both.encode(read), "The file").refreshToken().reveal())
                .isEqualTo("a-refresh-token");
        assertThatThrownBy(
                        () -> both.decode(SettingsCodec.of(URL, "app", key(3)).encode(SETTINGS), "The file"))
                .hasMessageContaining("key_id " + key(3).fingerprint().substring(0, 8))
                .hasMessageContaining(key(2).fingerprint().substring(0, 8) + ", "
                        + key(1).fingerprint().substring(0, 8))
                .hasMessageContaining("after the others and a comma");
    }

    private static Secret key(int first) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) first;
        return Secret.of(Base64.getEncoder().encodeToString(bytes));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}

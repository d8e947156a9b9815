package io.github.camelzendesk.auth.settings.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.PendingExchange;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileSettingsStoreTest {
    private static final String URL = "https://acme.zendesk.com";
    private static final String CLIENT = "app";
    private static final Secret KEY = Secret.of(Base64.getEncoder().encodeToString(new byte[32]));
    private static final Instant THEN = Instant.parse("2026-11-24T10:00:00Z");
    private static final OAuthSettings GOLDEN = OAuthSettings.empty(URL, CLIENT)
            .withNewLineage(
                    "a-lineage",
                    new TokenPair(
                            Secret.of("an-access-token"),
                            Secret.of("a-refresh-token"),
                            "read write",
                            THEN,
                            THEN.plusSeconds(1800),
                            THEN.plus(Duration.ofDays(30))))
            .withPending(new PendingExchange("0f", 2, THEN, "process 7"));

    @TempDir
    Path directory;

    @Test
    void theFormatDoesNotChange() throws Exception {
        save(store(null), GOLDEN);

        assertThat(Files.readString(file())).isEqualTo(golden());
    }

    @Test
    void s4_membersThatThisVersionDoesNotKnowSurviveARewrite() throws Exception {
        write(golden().replaceFirst("\\{", "{ \"note\" : {\"by\":\"operator\"},")
                .replaceFirst(",\\s*\"checksum\"[^\\n]*", ""));
        SettingsStore store = store(null);

        save(store, store.load().orElseThrow().withPending(null));

        assertThat(Files.readString(file())).contains("operator").doesNotContain("pending");
    }

    @Test
    void aLoginThatAnEditorPutThereWhileTheFileWasLockedIsNotReplaced() throws Exception {
        SettingsStore store = store(null);
        save(store, GOLDEN);
        byte[] login = SettingsCodec.of(URL, CLIENT, null).encode(GOLDEN.withNewLineage("another", GOLDEN.tokens()));
        try (SettingsTransaction transaction = store.begin(Duration.ZERO).orElseThrow()) {
            OAuthSettings found = transaction.load().orElseThrow();
            transaction.save(found.withPending(null));
            Files.write(file(), login);

            assertThatThrownBy(() -> transaction.save(found.withNextTokens(GOLDEN.tokens())))
                    .isInstanceOf(SettingsStoreException.class)
                    .hasMessageContaining("changed while it was locked");
        }
        assertThat(Files.readAllBytes(file())).isEqualTo(login);
    }

    @Test
    void everythingIsForTheOwnerOnlyAndNoTemporaryFileStays() throws Exception {
        SettingsStore store = store(null);
        try (SettingsTransaction transaction = store.begin(Duration.ZERO).orElseThrow()) {
            transaction.reserve();
            transaction.save(GOLDEN);
        }
        try (var files = Files.list(directory.resolve("new"))) {
            assertThat(files.toList()).hasSize(2).allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void aTemporaryFileOfOneWhoCrashedGoesWithTheNextChange() throws Exception {
        Path temporary;
        try (SettingsTransaction transaction = store(null).begin(Duration.ZERO).orElseThrow()) {
            transaction.reserve();
            try (var files = Files.list(directory.resolve("new"))) {
                temporary = files.filter(file -> file.toString().endsWith(".tmp"))
                        .findFirst()
                        .orElseThrow();
            }
        }
        assertThat(temporary).doesNotExist();
        Files.createSymbolicLink(temporary, Files.writeString(directory.resolve("victim"), "untouched"));

        save(store(null), GOLDEN);

        assertThat(temporary).doesNotExist();
        assertThat(directory.resolve("victim")).hasContent("untouched");
        assertThat(store(null).load()).isPresent();
    }

    @Test
    void aChangeTakesNoLongerWithEachFileInTheFolder() throws Exception {
        save(store(null), GOLDEN);
        List<String> steps = new ArrayList<>();
        save(RiggedFiles.store(file(), URL, CLIENT, steps::add), GOLDEN);

        assertThat(steps)
                .as("only the first change lists the folder")
                .contains("write")
                .doesNotContain("list");
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws Exception {
        save(store(null), GOLDEN);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> store(null).load()).hasMessageContaining("chmod 600 " + file().toRealPath());
    }

    @Test
    void s3_aDamagedFileIsRefusedAndLeftAsItIs() throws Exception {
        save(store(null), GOLDEN);
        byte[] whole = Files.readAllBytes(file());
        for (String damaged : new String[] {"", "{", "[]", golden().replace("an-access", "another"), golden() + "x"}) {
            write(damaged);
            assertThatThrownBy(() -> store(null).load())
                    .isInstanceOf(SettingsStoreException.class)
                    .hasMessageContaining("is damaged")
                    .hasMessageContaining("left as it is");
            assertThatThrownBy(() -> save(store(null), GOLDEN)).isInstanceOf(SettingsStoreException.class);
            assertThat(Files.readString(file())).isEqualTo(damaged);
        }
        assertThat(whole).isNotEmpty();
    }

    @Test
    void aForeignFileIsRefused() throws Exception {
        save(store(null), GOLDEN);
        SettingsStore other =
                new FileSettingsStore(file(), SettingsCodec.of("https://other.zendesk.com", CLIENT, null));

        assertThatThrownBy(other::load).hasMessageContaining("belongs to " + URL);
        write("{\"hello\":1}");
        assertThatThrownBy(() -> store(null).load()).hasMessageContaining("is not a settings file");
    }

    @Test
    void withAKeyNothingIsReadableWithoutIt() throws Exception {
        save(store(KEY), GOLDEN);

        assertThat(Files.readString(file())).doesNotContain("an-access-token", "a-refresh-token");
        assertThat(store(KEY).load().orElseThrow().refreshToken().reveal()).isEqualTo("a-refresh-token");
        assertThatThrownBy(() -> store(null).load()).hasMessageContaining("set oauthSettingsSecretKey");
        byte[] other = new byte[32];
        other[0] = 1;
        assertThatThrownBy(() -> store(Secret.of(Base64.getEncoder().encodeToString(other)))
                        .load())
                .hasMessageContaining("encrypted with another key");
        write(Files.readString(file()).replace("\"generation\" : 1", "\"generation\" : 2"));
        assertThatThrownBy(() -> store(KEY).load()).hasMessageContaining("authentication tag");
    }

    @Test
    void anOlderGenerationNeverReplacesANewerOne() throws Exception {
        save(store(null), GOLDEN.withNextTokens(GOLDEN.tokens()));

        assertThatThrownBy(() -> save(store(null), GOLDEN)).hasMessageContaining("must not replace");
    }

    @Test
    void s6_twoStoresOfOneFileExcludeEachOtherEvenThroughALink() throws Exception {
        save(store(null), GOLDEN);
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("new"));
        SettingsStore alias = new FileSettingsStore(link.resolve("s.json"), SettingsCodec.of(URL, CLIENT, null));
        try (SettingsTransaction held = store(null).begin(Duration.ZERO).orElseThrow()) {
            assertThat(alias.begin(Duration.ZERO)).isEmpty();
            assertThat(held.load()).isPresent();
        }
        alias.begin(Duration.ofMinutes(1)).orElseThrow().close();
    }

    @Test
    void whoseLockFileWasDeletedNeitherSpendsNorSaves() throws Exception {
        save(store(null), GOLDEN);
        try (SettingsTransaction robbed = store(null).begin(Duration.ZERO).orElseThrow()) {
            Files.delete(file().resolveSibling("s.json.lock"));

            assertThat(robbed.isExclusive()).isFalse();
            assertThatThrownBy(robbed::reserve).hasMessageContaining("s.json.lock was deleted");
            assertThatThrownBy(() -> robbed.save(GOLDEN.withNextTokens(GOLDEN.tokens())))
                    .hasMessageContaining("s.json.lock was deleted");
        }
        assertThat(Files.readString(file())).isEqualTo(golden());
    }

    private SettingsStore store(Secret key) {
        return new FileSettingsStore(file(), SettingsCodec.of(URL, CLIENT, key));
    }

    private static void save(SettingsStore store, OAuthSettings settings) throws InterruptedException {
        try (SettingsTransaction transaction =
                store.begin(Duration.ofMinutes(1)).orElseThrow()) {
            transaction.save(settings);
        }
    }

    private void write(String content) throws IOException {
        if (!Files.exists(file())) {
            Files.createDirectories(file().getParent());
            Files.createFile(
                    file(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file(), content);
    }

    private Path file() {
        return directory.resolve("new").resolve("s.json");
    }

    private static String golden() throws IOException {
        try (var in = FileSettingsStoreTest.class.getResourceAsStream("golden-settings.json")) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).stripTrailing();
        }
    }
}

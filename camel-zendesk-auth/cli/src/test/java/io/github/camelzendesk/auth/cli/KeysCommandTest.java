package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith({ZendeskExtension.class, SecretLeakExtension.class})
class KeysCommandTest {
    @TempDir
    Path home;

    @Test
    void aKeyHas256BitsAndIsAnotherEachTime() {
        String one = new Shell(home).run("keys", "make").out().strip();

        assertThat(Base64.getDecoder().decode(one)).hasSize(32);
        assertThat(new Shell(home).run("keys", "make").out().strip()).isNotEqualTo(one);
    }

    @Test
    void aTerminalGetsNoKeyAndAFileIsNotOverwritten() throws IOException {
        Path key = home.resolve("acme.key");
        Shell shell = new Shell(home).at(Terminal.Stream.OUT);

        assertThat(shell.run("keys", "make").err()).contains("--out FILE");
        assertThat(shell.run("keys", "make", "--out", key.toString()).exit()).isZero();
        assertThat(Files.getPosixFilePermissions(key).toString()).doesNotContain("GROUP", "OTHERS");
        assertThat(shell.run("keys", "make", "--out", key.toString()).err()).contains("already");
    }

    @Test
    void storedTokensAreEncryptedAndThenEncryptedOtherwise(ZendeskServer zendesk) throws IOException {
        Path settings = home.resolve("acme.json");
        Shell shell = new Shell(home).loggedIn(zendesk, zendesk.confidentialClient("keys", Shell.callback()), settings);
        String token = shell.run("token").out();
        Path first = home.resolve("first.key");
        Path second = home.resolve("second.key");
        shell.run("keys", "make", "--out", first.toString());
        shell.run("keys", "make", "--out", second.toString());

        Shell.Result encrypted = shell.run("keys", "change", "--new-key-file", first.toString());

        assertThat(encrypted.exit()).as(encrypted.err()).isZero();
        assertThat(Files.readString(settings)).contains("ciphertext").doesNotContain(token.strip());
        assertThat(shell.run("token").err()).contains("is encrypted: set oauthSettingsSecretKey");

        shell.environment.put(
                "ZENDESK_OAUTH_SETTINGS_SECRET_KEY", Files.readString(first).strip());
        assertThat(shell.run("token").out()).isEqualTo(token);

        assertThat(shell.run("keys", "change", "--new-key-file", second.toString())
                        .exit())
                .isZero();
        assertThat(shell.run("token").err()).contains("encrypted with another key");
        assertThat(shell.run("token", "--oauth-settings-secret-key-file", second.toString())
                        .out())
                .isEqualTo(token);
        assertThat(zendesk.rotationCount()).isZero();
    }

    @Test
    void whereNothingIsStoredThereIsNothingToEncrypt(ZendeskServer zendesk) throws IOException {
        Path key = home.resolve("key");
        Shell shell = new Shell(home).grant(zendesk, zendesk.confidentialClient("empty"), home.resolve("none.json"));
        shell.run("keys", "make", "--out", key.toString());

        assertThat(shell.run("keys", "change", "--new-key-file", key.toString()).err())
                .contains("has nothing stored", "log in first");
        assertThat(shell.run(
                                "keys",
                                "change",
                                "--new-key-file",
                                home.resolve("no").toString())
                        .err())
                .contains("cannot be read");
    }
}

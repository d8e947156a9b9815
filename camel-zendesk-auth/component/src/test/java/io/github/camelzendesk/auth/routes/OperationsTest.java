package io.github.camelzendesk.auth.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.testkit.IssuedTokens;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code docs/operations.adoc} promises about a settings file. */
@ExtendWith(ZendeskExtension.class)
class OperationsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path directory;

    private RegisteredClient client;
    private Path file;

    @BeforeEach
    void logInOnce(ZendeskServer zendesk) throws IOException {
        file = directory.toRealPath().resolve("s.json");
        client = zendesk.confidentialClient("app");
        try (CamelFixture camel = new CamelFixture()) {
            camel.authorization(uri(zendesk) + "&oauthRefreshToken="
                    + zendesk.issue(client, "read write").refreshToken());
        }
    }

    @Test
    void aRestoredCopyIsWrittenOverByTheProcessThatStillRuns(ZendeskServer zendesk) throws IOException {
        byte[] backup = Files.readAllBytes(file);
        try (CamelFixture camel = new CamelFixture()) {
            camel.send(uri(zendesk) + "&operation=refresh");
            Files.write(file, backup);
            assertThat(camel.send(uri(zendesk) + "&operation=refresh").getException())
                    .isNull();

            assertThat(zendesk.liveRefreshTokens())
                    .contains(
                            MAPPER.readTree(file.toFile()).path("refresh_token").asText());
            assertThat(zendesk.refreshTokenReuseCount()).isZero();
        }
    }

    @Test
    void aRestoredCopyIsADeadGrantAfterARestart(ZendeskServer zendesk) throws IOException {
        byte[] backup = Files.readAllBytes(file);
        try (CamelFixture camel = new CamelFixture()) {
            camel.send(uri(zendesk) + "&operation=refresh");
        }
        Files.write(file, backup);
        try (CamelFixture restarted = new CamelFixture()) {
            assertThat(restarted
                            .send(uri(zendesk) + "&operation=refresh")
                            .getException(AuthorizationRequired.class)
                            .reason())
                    .isEqualTo(AuthorizationRequired.Reason.REFUSED);
        }
    }

    @Test
    void aGrantMovesWithItsFileAlone(ZendeskServer zendesk) throws IOException {
        String before;
        try (CamelFixture camel = new CamelFixture()) {
            before = camel.authorization(uri(zendesk));
        }
        Path there = Files.createDirectory(
                directory.resolve("there"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.move(file, there.resolve("s.json"));
        file = there.toRealPath().resolve("s.json");
        try (CamelFixture camel = new CamelFixture()) {
            assertThat(camel.authorization(uri(zendesk))).isEqualTo(before);
            assertThat(camel.send(uri(zendesk) + "&operation=refresh").getException())
                    .isNull();
        }
    }

    @Test
    void aFileThatIsPutInPlaceByHandIsTakenOverWithoutARestart(ZendeskServer zendesk) throws IOException {
        try (CamelFixture camel = new CamelFixture()) {
            camel.authorization(uri(zendesk));
            IssuedTokens another = zendesk.issue(client, "read write");
            ObjectNode edited = (ObjectNode) MAPPER.readTree(file.toFile());
            edited.put("access_token", another.accessToken())
                    .put("refresh_token", another.refreshToken())
                    .put("lineage", "by-hand");
            edited.remove("checksum");
            Path next = Files.createFile(
                    directory.resolve("next"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            MAPPER.writeValue(next.toFile(), edited);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

            Awaitility.await().until(() -> camel.authorization(uri(zendesk)).equals("Bearer " + another.accessToken()));
        }
    }

    @Test
    void aValidTokenIsUsedWhereNothingCanBeWrittenAndNoneIsRenewed(ZendeskServer zendesk) throws IOException {
        int asked = zendesk.tokenRequestCount();
        // Refused before the first write, as a read-only volume is, for root too.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (CamelFixture camel = new CamelFixture()) {
            String token = camel.authorization(uri(zendesk));

            assertThat(camel.send(uri(zendesk) + "&operation=refresh").getException())
                    .isInstanceOf(SettingsUnavailable.class)
                    .hasMessageEndingWith("No refresh token was spent.");
            assertThat(camel.authorization(uri(zendesk))).isEqualTo(token);
            assertThat(zendesk.tokenRequestCount()).isEqualTo(asked);
        }
    }

    @Test
    void theStatusHoldsTheMembersThatTheHandbookNames(ZendeskServer zendesk) {
        try (CamelFixture camel = new CamelFixture()) {
            camel.authorization(uri(zendesk));
            Map<?, ?> status =
                    camel.send(uri(zendesk) + "&operation=status").getMessage().getBody(Map.class);

            assertThat(status.get("state")).isEqualTo("READY");
            assertThat(status.keySet().stream().map(Object::toString))
                    .containsExactlyInAnyOrder(
                            "connection",
                            "url",
                            "authScheme",
                            "state",
                            "settingsLocation",
                            "generation",
                            "obtainedAt",
                            "expiresAt",
                            "refreshTokenExpiresAt",
                            "scope",
                            "refreshable",
                            "settingsDirty",
                            "lastOutcome",
                            "nextRefresh");
        }
    }

    private String uri(ZendeskServer zendesk) {
        return "zendesk-auth:acme?url=" + zendesk.url() + "&oauthClientId=app&oauthClientSecret=" + client.secret()
                + "&initiateOAuth=REFRESH&oauthSettingsLocation=" + file;
    }
}

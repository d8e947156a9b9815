package io.github.camelzendesk.auth.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.TestLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a route says of a settings file that it cannot use. Nothing is asked of Zendesk, and the file stays as it is. */
@ExtendWith(ZendeskExtension.class)
class SettingsFileInARouteTest {
    @TempDir
    Path directory;

    private Path file;
    private String uri;

    @BeforeEach
    void logInOnce(ZendeskServer zendesk) throws IOException {
        file = directory.toRealPath().resolve("s.json");
        RegisteredClient client = zendesk.confidentialClient("app");
        uri = "zendesk-auth:acme?url=" + zendesk.url() + "&oauthClientId=app&oauthClientSecret=" + client.secret()
                + "&initiateOAuth=REFRESH&oauthSettingsLocation=" + file;
        try (CamelFixture camel = new CamelFixture()) {
            camel.authorization(uri + "&oauthRefreshToken="
                    + zendesk.issue(client, "read write").refreshToken());
        }
    }

    @Test
    void aStoredTokenThatGoesOnIsToldOnceWithItsPlaceAndItsEnd() {
        String again = uri.replace("zendesk-auth:acme", "zendesk-auth:told-origin");
        try (CamelFixture camel = new CamelFixture()) {
            camel.authorization(again);
            camel.authorization(again);
            camel.send(again + "&operation=refresh");
        }

        assertThat(TestLog.lines("INFO", "told-origin"))
                .filteredOn(line -> line.contains("stored token "))
                .singleElement()
                .asString()
                .matches(".*: goes on with the stored token \\(generation \\d+, until 20[0-9T:-]+Z\\) of .*s\\.json")
                .doesNotContain("zat_", "zrt_");
    }

    @Test
    void aCorruptFileIsRefused(ZendeskServer zendesk) throws IOException {
        Files.writeString(file, "{\"format\":");

        refused(zendesk, "The settings file " + file + " is damaged", "Move it away and log in again");
    }

    @Test
    void aFileOfAnotherProgramIsRefused(ZendeskServer zendesk) throws IOException {
        Files.writeString(file, "{\"hello\":\"world\"}");

        refused(zendesk, "is not a settings file of camel-zendesk-auth", "Set oauthSettingsLocation to another place");
    }

    @Test
    void aFileOfAnotherAccountIsRefused(ZendeskServer zendesk) {
        RegisteredClient other = zendesk.confidentialClient("other");
        uri = uri.replaceFirst(
                "oauthClientId=app&oauthClientSecret=[^&]*", "oauthClientId=other&oauthClientSecret=" + other.secret());

        refused(zendesk, "belongs to " + zendesk.url() + " and OAuth client 'app'", "oauthSettingsLocation");
    }

    @Test
    void aFileThatItsGroupMayReadIsRefused(ZendeskServer zendesk) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        refused(zendesk, "can be read or written by others than its owner", "chmod 600 " + file);
    }

    @Test
    void aFileOfAnotherUserIsRefused(ZendeskServer zendesk) throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a file away");
        Files.setOwner(
                file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

        refused(zendesk, "belongs to the user 'nobody', and this process runs as 'root'", "chown root " + file);
    }

    @Test
    void aDirectoryIsRefusedAndNobodyIsToldToChangeItsRights(ZendeskServer zendesk) throws IOException {
        Files.delete(file);
        Files.createDirectory(file);

        refused(zendesk, "The settings file " + file + " cannot be used: it is a directory. Set oauthSettingsLocation");
    }

    @Test
    void aNamedPipeIsRefusedAndNeverWaitedFor(ZendeskServer zendesk) throws Exception {
        Files.delete(file);
        makePipe(file);

        refused(
                zendesk,
                "The settings file " + file + " cannot be used: it is no regular file. Set oauthSettingsLocation");
    }

    @Test
    void aNamedPipeInThePlaceOfTheLockIsRefusedAndHoldsUpNobody(ZendeskServer zendesk) throws Exception {
        Path lock = Files.createDirectory(directory.resolve("new")).resolve("s.json.lock");
        makePipe(lock);
        String robot = uri.replace("&initiateOAuth=REFRESH", "&authScheme=OAuthClient");

        try (CamelFixture camel = new CamelFixture()) {
            camel.send(
                    robot.replace(file.toString(), lock.resolveSibling("s.json").toString()));

            assertThat(camel.authorization(robot)).startsWith("Bearer ");
        }
        file = lock.resolveSibling("s.json");
        uri = uri.replaceFirst("oauthSettingsLocation=.*", "oauthRefreshToken=x&oauthSettingsLocation=" + file);
        refused(zendesk, "The file " + lock + " cannot be used: it is no regular file. Delete it");
    }

    @Test
    void aLinkIsRefused(ZendeskServer zendesk) throws IOException {
        Files.move(file, directory.resolve("elsewhere.json"));
        Files.createSymbolicLink(file, directory.resolve("elsewhere.json"));

        refused(zendesk, "it is a symbolic link. Set oauthSettingsLocation to the file itself");
    }

    @Test
    void aDirectoryThatEverybodyMayWriteIsRefused(ZendeskServer zendesk) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.delete(file);

        refused(zendesk, "can be written by everybody", "chmod 700 " + directory.toRealPath());
    }

    @Test
    void aPlainFileIsRefusedNothingWhenAKeyIsSetAndIsSealedAtTheNextWrite(ZendeskServer zendesk) throws IOException {
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        try (CamelFixture camel = new CamelFixture()) {
            camel.send(uri + "&oauthSettingsSecretKey=RAW(" + key + ")&operation=refresh");
        }
        assertThat(Files.readString(file)).contains("A256GCM").doesNotContain("access_token");

        refused(zendesk, "is encrypted: set oauthSettingsSecretKey");
    }

    @Test
    void clientCredentialsGoOnWithoutAFileThatCannotBeUsed(ZendeskServer zendesk) throws IOException {
        Files.writeString(file, "{\"format\":");
        try (CamelFixture camel = new CamelFixture()) {
            assertThat(camel.authorization(uri.replace("&initiateOAuth=REFRESH", "&authScheme=OAuthClient")))
                    .startsWith("Bearer ");
        }
        assertThat(Files.readString(file)).as("left as it was").isEqualTo("{\"format\":");
    }

    private static void makePipe(Path path) throws IOException, InterruptedException {
        Process mkfifo = new ProcessBuilder("mkfifo", "-m", "600", path.toString()).start();
        assumeTrue(mkfifo.waitFor() == 0, "no pipes here");
    }

    private void refused(ZendeskServer zendesk, String... words) {
        int asked = zendesk.tokenRequestCount();
        try (CamelFixture camel = new CamelFixture()) {
            assertThat(camel.send(uri).getException())
                    .isInstanceOf(SettingsUnavailable.class)
                    .message()
                    .contains(words);
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(asked);
    }
}

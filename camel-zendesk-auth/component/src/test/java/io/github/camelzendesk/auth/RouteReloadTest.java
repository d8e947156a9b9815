package io.github.camelzendesk.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

import org.apache.camel.Message;
import org.apache.camel.main.Main;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Routes that Camel Main reads again when their file changes, as in the dev mode of the Camel CLI. */
@ExtendWith(ZendeskExtension.class)
class RouteReloadTest {
    private final Main main = new Main();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void aReloadOfTheRoutesKeepsAConnectionByNameAndItsToken(ZendeskServer zendesk) throws Exception {
        RegisteredClient client = zendesk.confidentialClient("robot");
        String connection = "camel.component.zendesk-auth.connections.acme.";
        main.addInitialProperty(connection + "url", zendesk.url());
        main.addInitialProperty(connection + "authScheme", "OAuthClient");
        main.addInitialProperty(connection + "oauthClientId", "robot");
        main.addInitialProperty(connection + "oauthClientSecret", client.secret());
        main.addInitialProperty(connection + "oauthSettingsLocation", "memory:" + UUID.randomUUID());

        aReloadKeepsTheToken("zendesk-auth:acme", zendesk);
    }

    @Test
    void aReloadOfTheRoutesKeepsTheTokenOfAConnectionThatTheyConfigure(ZendeskServer zendesk) throws Exception {
        RegisteredClient client = zendesk.confidentialClient("robot");
        aReloadKeepsTheToken(
                "zendesk-auth:acme?authScheme=OAuthClient&oauthClientId=robot&oauthClientSecret=" + client.secret()
                        + "&url=" + zendesk.url() + "&oauthSettingsLocation=" + folder.resolve("settings.json"),
                zendesk);
    }

    private void aReloadKeepsTheToken(String uri, ZendeskServer zendesk) throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        write(routes, uri, "one");
        main.configure()
                .withRoutesIncludePattern("file:" + routes.toAbsolutePath() + "/*")
                .withRoutesReloadEnabled(true)
                .withRoutesReloadDirectory(routes.toAbsolutePath().toString())
                .withRoutesReloadPattern("*.yaml");
        main.start();
        Message before = send();
        assertThat(before.getHeader("version")).isEqualTo("one");

        write(routes, uri, "two");
        Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> "two"
                .equals(send().getHeader("version")));

        assertThat(send().getHeader("Authorization", String.class))
                .startsWith("Bearer ")
                .isEqualTo(before.getHeader("Authorization"));
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    private Message send() throws Exception {
        return main.getCamelTemplate().send("direct:in", exchange -> {}).getMessage();
    }

    private static void write(Path routes, String uri, String version) throws IOException {
        Files.writeString(
                routes.resolve("tickets.camel.yaml"),
                """
                - route:
                    from:
                      uri: direct:in
                      steps:
                        - setHeader:
                            name: version
                            constant: %s
                        - to: "%s"
                """
                        .formatted(version, uri));
    }
}

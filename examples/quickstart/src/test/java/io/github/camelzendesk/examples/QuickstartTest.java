package io.github.camelzendesk.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.testkit.IssuedSecrets;

import static org.assertj.core.api.Assertions.assertThat;

class QuickstartTest {
    @Test
    void tellsTheWholeStoryWithTwoTokenRequestsAndNoSecret() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        Quickstart.onTheStandIn(new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("My printer is on fire", "4. The application is started again")
                .contains("The stand-in saw 2 token requests and 0 reuses")
                .doesNotContain(IssuedSecrets.all());
    }

    @Test
    void readsItsOptionsFromTheEnvironment() {
        assertThat(Quickstart.fromEnvironment(Map.of("ZENDESK_URL", "acme", "ZENDESK_OAUTH_CLIENT_ID", "app")))
                .containsEntry("url", "acme")
                .containsEntry("oauthClientId", "app")
                .containsEntry("initiateOAuth", "GETANDREFRESH");
    }
}

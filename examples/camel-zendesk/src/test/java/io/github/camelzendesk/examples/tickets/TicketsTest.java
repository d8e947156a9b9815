package io.github.camelzendesk.examples.tickets;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.IssuedSecrets;
import io.github.camelzendesk.auth.testkit.PrintedOutput;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskOptions;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class TicketsTest {
    @RegisterExtension
    private final PrintedOutput output = new PrintedOutput();

    @Test
    void theRouteOutlivesTheToken(ZendeskServer zendesk) throws Exception {
        zendesk.accessTokenLifetime(Duration.ofSeconds(6));

        Tickets.run(ZendeskOptions.ofService(zendesk), Map.of("tickets.period", "2500"));

        assertThat(zendesk.tokenRequestCount()).isGreaterThan(1);
        assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).containsOnly(200);
        assertThat(output.text())
                .containsSubsequence(
                        "My printer is on fire", "generation 1", "My printer is on fire", "My printer is on fire");
        assertThat(output.text()).doesNotContain(IssuedSecrets.all());
    }

    @Test
    void theRouteSurvivesATokenThatIsKilled(ZendeskServer zendesk) throws Exception {
        zendesk.nextApiRequest(ApiFault.invalidToken());

        Tickets.run(
                ZendeskOptions.ofService(zendesk),
                Map.of("tickets.period", "10", "camel.main.durationMaxMessages", "1"));

        assertThat(output.text()).contains("My printer is on fire", "generation 2");
        assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
    }

    @Test
    void theOptionsComeFromTheEnvironment(ZendeskServer zendesk) throws Exception {
        String secret = zendesk.confidentialClient("by-environment").secret();

        Tickets.run(
                ZendeskOptions.of(Map.of(
                        "ZENDESK_URL", zendesk.url(),
                        "ZENDESK_AUTH_SCHEME", "OAuthClient",
                        "ZENDESK_OAUTH_CLIENT_ID", "by-environment",
                        "ZENDESK_OAUTH_CLIENT_SECRET", secret,
                        "ZENDESK_OAUTH_SETTINGS_LOCATION", "memory:by-environment",
                        "ZENDESK_SCOPE", " ",
                        "HOME", "/")),
                Map.of("camel.main.durationMaxMessages", "1"));

        assertThat(output.text()).contains("Where is my order?").doesNotContain(IssuedSecrets.all());
    }
}

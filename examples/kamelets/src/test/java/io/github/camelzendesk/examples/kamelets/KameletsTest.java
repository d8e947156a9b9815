package io.github.camelzendesk.examples.kamelets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.IssuedSecrets;
import io.github.camelzendesk.auth.testkit.PrintedOutput;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class KameletsTest {
    @RegisterExtension
    private final PrintedOutput output = new PrintedOutput();

    @Test
    void ticketsComeInAndGoOutOverTheDeathOfAToken(ZendeskServer zendesk) throws Exception {
        Kamelets.story(zendesk);

        assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).contains(401);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
        assertThat(zendesk.tickets()).hasSize(3);
        assertThat(output.text())
                .contains(
                        "Ticket 1, open: My printer is on fire. Authorization: ''",
                        "Ticket 3, new: The coffee machine is on fire, too. Authorization: ''")
                .doesNotContain(IssuedSecrets.all());
    }
}

package io.github.camelzendesk.examples.kamelets;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.IssuedSecrets;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class KameletsTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream systemOut = System.out;

    @BeforeEach
    void takeTheLogAlong() {
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveTheLogBack() {
        System.setOut(systemOut);
    }

    @Test
    void ticketsComeInAndGoOutOverTheDeathOfAToken(ZendeskServer zendesk) throws Exception {
        Kamelets.story(zendesk);

        assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).contains(401);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
        assertThat(zendesk.tickets()).hasSize(3);
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains(
                        "Ticket 1, open: My printer is on fire. Authorization: ''",
                        "Ticket 3, new: The coffee machine is on fire, too. Authorization: ''")
                .doesNotContain(IssuedSecrets.all());
    }
}

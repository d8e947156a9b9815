package io.github.camelzendesk.examples.boot;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.IssuedSecrets;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith({ZendeskExtension.class, OutputCaptureExtension.class})
class TicketsApplicationTest {
    @Test
    void theRouteAndTheHttpInterfaceShareTheTokenThatReplacesADeadOne(ZendeskServer zendesk, CapturedOutput output)
            throws Exception {
        zendesk.nextApiRequest(ApiFault.invalidToken());

        TicketsApplication.run(once(zendesk));

        // Camel's timer may come once more before the application ends.
        assertThat(zendesk.apiRequests())
                .extracting(ApiRequestSeen::status)
                .startsWith(401, 200, 200)
                .containsOnlyOnce(401)
                .containsOnly(401, 200);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
        assertThat(output.getAll())
                .contains("Camel: tickets, status 200", "Authorization in the message: ''", "HTTP interface: I am ")
                .doesNotContain("I am nobody")
                .doesNotContain(IssuedSecrets.all());
    }

    private static Map<String, Object> once(ZendeskServer zendesk) {
        Map<String, Object> properties = new HashMap<>(TicketsApplication.of(zendesk));
        properties.put("messages", "1");
        return properties;
    }
}

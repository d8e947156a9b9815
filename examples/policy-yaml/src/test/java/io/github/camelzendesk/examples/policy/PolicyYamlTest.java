package io.github.camelzendesk.examples.policy;

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
class PolicyYamlTest {
    @RegisterExtension
    private final PrintedOutput output = new PrintedOutput();

    @Test
    void theBlockIsRepeatedWithANewTokenAndNothingAfterItHasOne(ZendeskServer zendesk) throws Exception {
        zendesk.nextApiRequest(ApiFault.invalidToken());

        PolicyYaml.run(
                ZendeskOptions.ofService(zendesk),
                Map.of("tickets.period", "10", "camel.main.durationMaxMessages", "1"));

        assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).startsWith(401, 200);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
        assertThat(output.text())
                .contains("My printer is on fire", "Authorization after the block: ''")
                .doesNotContain(IssuedSecrets.all());
    }
}

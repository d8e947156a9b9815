package io.github.camelzendesk.auth.testkit;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ZendeskOptionsTest {
    @Test
    void theOptionsComeFromTheEnvironment() {
        assertThat(ZendeskOptions.of(Map.of("ZENDESK_OAUTH_CLIENT_ID", "app", "ZENDESK_SCOPE", " ", "HOME", "/")))
                .containsExactly(Map.entry("oauth-client-id", "app"));
    }
}

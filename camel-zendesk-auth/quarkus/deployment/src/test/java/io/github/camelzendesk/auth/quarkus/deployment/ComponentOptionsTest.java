package io.github.camelzendesk.auth.quarkus.deployment;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ComponentOptionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "camel.component.zendesk-auth.url",
                "camel.component.zendesk-auth.oauth-client-id",
                "camel.component.zendesk-auth.OAuthClientId",
                "camel.component.zendesk-auth.connections[acme-eu].url",
                "camel.component.zendesk-auth.connections.acme.api-token",
                "camel.component.zendesk-auth.token-manager",
                "CAMEL_COMPONENT_ZENDESK_AUTH_URL"
            })
    void anAccountOfTheApplicationsOwnIsSeen(String property) {
        assertThat(ComponentOptions.ofAnAccount(List.of("quarkus.http.port", property)))
                .contains(property);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camel.component.zendesk-auth.connect-timeout",
                "camel.component.zendesk-auth.callback-url",
                "camel.component.zendesk-auth.verify-on-start",
                "%prod.camel.component.zendesk-auth.url",
                "camel.component.http.url"
            })
    void allElseLeavesRoomForTheStandIn(String property) {
        assertThat(ComponentOptions.ofAnAccount(List.of(property))).isEmpty();
    }
}

package io.github.camelzendesk.auth.quarkus.deployment;

import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelzendesk.auth.login.Browser;
import io.github.camelzendesk.auth.quarkus.internal.DevUiConnections;
import io.quarkus.test.QuarkusUnitTest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

/** What the page of the Dev UI is answered. */
class DevUiConnectionsTest {
    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("camel.component.zendesk-auth.join-timeout", "30s");

    @Inject
    CamelContext camel;

    @Inject
    ProducerTemplate template;

    @Test
    void thePageIsAnsweredWithTheStateOfEachConnectionAndNoSecret() {
        String authorization = template.request("zendesk-auth:acme", exchange -> {})
                .getMessage()
                .getHeader("Authorization", String.class);

        Map<String, Object> page = new DevUiConnections(camel).connections();

        assertThat(connection(page, "acme"))
                .containsEntry("state", "READY")
                .containsKey("expiresAt")
                .doesNotContainKey("login");
        assertThat(page.toString()).doesNotContain(authorization.substring("Bearer ".length()));
    }

    @Test
    void thePageHasTheAddressToLogInWhereALoginWaits() throws Exception {
        BlockingQueue<URI> opened = new LinkedBlockingQueue<>();
        camel.getRegistry().bind("browser", (Browser) opened::add);
        template.request(
                "zendesk-auth:person?authScheme=OAuth&initiateOAuth=GETANDREFRESH&joinTimeout=1ms"
                        + "&oauthSettingsLocation=memory:person&callbackUrl=http://localhost:" + freePort(),
                exchange -> {});
        URI address = opened.poll(1, TimeUnit.MINUTES);

        assertThat(connection(new DevUiConnections(camel).connections(), "person"))
                .containsEntry("login", address.toString());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> connection(Map<String, Object> page, String name) {
        return ((List<Map<String, Object>>) page.get("connections"))
                .stream()
                        .filter(connection -> connection.get("name").equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

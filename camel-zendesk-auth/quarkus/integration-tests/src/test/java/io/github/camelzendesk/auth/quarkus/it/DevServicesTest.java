package io.github.camelzendesk.auth.quarkus.it;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.ZendeskAuthComponent;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

/** An application that says nothing of its account gets a stand-in for Zendesk. */
@QuarkusTest
@ExtendWith(LogScanner.class)
class DevServicesTest {
    @Inject
    CamelContext camel;

    @Inject
    ProducerTemplate template;

    @Inject
    Desk desk;

    @ConfigProperty(name = "camel.component.zendesk-auth.url")
    String url;

    @Test
    void aRouteGetsATokenThatTheStandInTakes() throws Exception {
        assertThat(token()).matches(LogScanner::looksLikeASecret);
        assertThat(call("GET", "/api/v2/users/me.json", token())).isEqualTo(200);
    }

    @Test
    void aTokenThatDiesIsReplacedWithinThePolicy() throws Exception {
        String dead = kill(token());

        assertThat(template.requestBody("direct:policy", null, String.class)).contains("My printer is on fire");
        assertThat(token()).isNotEqualTo(dead);
    }

    @Test
    void aTokenThatDiesIsReplacedByTheLateHandOver() throws Exception {
        String dead = kill(token());

        assertThat(template.requestBody("direct:late", null, String.class)).contains("My printer is on fire");
        assertThat(token()).isNotEqualTo(dead);
    }

    @Test
    void aBeanSharesTheTokenManagerOfTheRoutes() {
        token();
        long before = (long) desk.status().get("generation");

        template.requestBody("zendesk-auth:acme?operation=refresh", null, Object.class);

        assertThat((long) desk.status().get("generation")).isEqualTo(before + 1);
    }

    @Test
    void aVariableOfTheEnvironmentSetsTheOptionThatItNames() {
        ZendeskAuthComponent component = camel.getComponent("zendesk-auth", ZendeskAuthComponent.class);

        assertThat(component.getConfiguration().getJoinTimeout()).isEqualTo(Duration.ofSeconds(31));
    }

    private String token() {
        return template.request("direct:header", exchange -> {}).getMessage().getHeader("Authorization", String.class);
    }

    private String kill(String authorization) throws Exception {
        assertThat(call("DELETE", "/api/v2/oauth/tokens/current.json", authorization))
                .isEqualTo(204);
        assertThat(call("GET", "/api/v2/users/me.json", authorization)).isEqualTo(401);
        return authorization;
    }

    private int call(String method, String path, String authorization) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", authorization)
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}

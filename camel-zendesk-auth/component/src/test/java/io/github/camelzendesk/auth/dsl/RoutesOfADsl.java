package io.github.camelzendesk.auth.dsl;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.ZendeskAuthPolicy;
import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** The same routes in one DSL after the other; all else of the application is properties of Camel Main. */
@ExtendWith(ZendeskExtension.class)
abstract class RoutesOfADsl {
    @TempDir
    Path folder;

    private final Main main = new Main();

    /** The routes {@code direct:header} and {@code direct:policy}, and the template {@code tickets-of}. */
    abstract void addRoutes(Main main) throws Exception;

    /** For the DSLs that are read from files. */
    final void addRoutes(Main main, String file, String text) throws Exception {
        main.configure()
                .withRoutesIncludePattern(
                        "file:" + Files.writeString(folder.resolve(file), text).toAbsolutePath());
    }

    @BeforeEach
    void start(ZendeskServer zendesk) throws Exception {
        RegisteredClient client = zendesk.confidentialClient("robot");
        main.addInitialProperty("zendesk", zendesk.url());
        main.addInitialProperty("camel.component.zendesk-auth.auth-scheme", "OAuthClient");
        main.addInitialProperty("camel.component.zendesk-auth.oauth-client-id", "robot");
        main.addInitialProperty("camel.component.zendesk-auth.oauth-client-secret", client.secret());
        for (String tenant : List.of("acme", "globex")) {
            String connection = "camel.component.zendesk-auth.connections." + tenant;
            main.addInitialProperty(connection + ".url", zendesk.url());
            main.addInitialProperty(connection + ".oauth-settings-location", "memory:" + UUID.randomUUID());
        }
        main.addInitialProperty("camel.beans.zendeskPolicy", "#class:" + ZendeskAuthPolicy.class.getName());
        main.addInitialProperty("camel.beans.zendeskPolicy.endpoint", "zendesk-auth:acme");
        main.addInitialProperty("camel.route-template[0].template-id", "tickets-of");
        main.addInitialProperty("camel.route-template[0].tenant", "acme");
        main.addInitialProperty("camel.route-template[1].template-id", "tickets-of");
        main.addInitialProperty("camel.route-template[1].tenant", "globex");
        addRoutes(main);
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void anEndpointTakesItsOptionsAsParametersAndItsConnectionByName(ZendeskServer zendesk) throws Exception {
        Exchange done = send("direct:header");

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeaders()).doesNotContainKey("Authorization");
        assertThat(zendesk.apiRequests())
                .singleElement()
                .returns(200, ApiRequestSeen::status)
                .extracting(seen -> seen.header("X-Zendesk-Marketplace-Name"))
                .isEqualTo("robot");
    }

    @Test
    void aPolicyIsNamedByReferenceAndReplacesATokenThatDied(ZendeskServer zendesk) throws Exception {
        zendesk.nextApiRequest(ApiFault.invalidToken());

        Exchange done = send("direct:policy");

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeaders()).doesNotContainKey("Authorization");
        assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).containsExactly(401, 200);
    }

    @Test
    void aRouteTemplateMakesARouteForEachTenant(ZendeskServer zendesk) throws Exception {
        assertThat(send("direct:acme").getException()).isNull();
        assertThat(send("direct:globex").getException()).isNull();

        assertThat(zendesk.apiRequests())
                .extracting(ApiRequestSeen::status, seen -> seen.header("Authorization"))
                .doesNotHaveDuplicates()
                .extracting(seen -> seen.toList().get(0))
                .containsExactly(200, 200);
    }

    private Exchange send(String uri) throws Exception {
        return main.getCamelTemplate().send(uri, exchange -> {});
    }
}

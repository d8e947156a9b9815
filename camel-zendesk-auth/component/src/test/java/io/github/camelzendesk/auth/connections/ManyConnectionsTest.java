package io.github.camelzendesk.auth.connections;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.ObjectName;

import org.apache.camel.CamelContext;
import org.apache.camel.console.DevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.Operators;
import io.github.camelzendesk.auth.ZendeskAuthComponent;
import io.github.camelzendesk.auth.ZendeskAuthConnection;

import static org.assertj.core.api.Assertions.assertThat;

/** The tenants of a marketplace integration in one component, and what operators see of them. */
class ManyConnectionsTest {
    private static final int TENANTS = 1200;
    private static final int ALONE = 1000;
    private static final int METERS_OF_ONE = 15;

    private final String run = UUID.randomUUID().toString();
    private Operators operators;

    @BeforeEach
    void openAll() {
        operators = new Operators();
        CamelContext context = operators.camel.context;
        Map<String, ZendeskAuthConnection> connections = new LinkedHashMap<>();
        for (int number = 0; number < TENANTS; number++) {
            connections.put("tenant" + number, service(number));
        }
        context.getComponent("zendesk-auth", ZendeskAuthComponent.class).setConnections(connections);
        connections.keySet().forEach(name -> context.getEndpoint("zendesk-auth:" + name));
    }

    private ZendeskAuthConnection service(int number) {
        ZendeskAuthConnection connection = new ZendeskAuthConnection();
        Map.of(
                        "url", "https://tenant" + number + ".zendesk.com",
                        "authScheme", "OAuthClient",
                        "oauthClientId", "robot",
                        "oauthClientSecret", "s",
                        "oauthSettingsLocation", "memory:" + run + number)
                .forEach((option, value) -> connection.set(operators.camel.context, option, value));
        return connection;
    }

    @AfterEach
    void close() {
        operators.close();
    }

    @Test
    void thereIsOneCheckOneMBeanAndOneSetOfMetersForAllBeyondTheFirstThousandAndNothingIsLeftAtTheStop()
            throws JMException {
        assertThat(checks()).hasSize(ALONE + 1).contains("zendesk-auth:tenant999", "zendesk-auth:others");
        assertThat(mbeans()).hasSize(ALONE + 1).contains(operators.mbean("tenant999"), operators.mbean("others"));
        assertThat(operators.meters.getMeters()).hasSize(ALONE * METERS_OF_ONE + 7 + 5);
        assertThat(Operators.server().getAttribute(operators.mbean("others"), "Connections"))
                .isEqualTo(TENANTS - ALONE);
        // The gauge may have been asked for before the last tenant came.
        Awaitility.await().untilAsserted(() -> assertThat(operators
                        .meters
                        .get("zendesk.auth.connections")
                        .tag("state", "IDLE")
                        .gauge()
                        .value())
                .isEqualTo(TENANTS));

        operators.camel.context.removeComponent("zendesk-auth");
        assertThat(checks()).isEmpty();
        assertThat(mbeans()).isEmpty();
        assertThat(operators.meters.getMeters()).isEmpty();
    }

    @Test
    void theConsoleShowsAThousandAndFindsTheRestByNameOrAPartOfIt() {
        JsonArray shown = page(Map.of()).getCollection("connections");
        assertThat(shown).hasSize(ALONE);
        assertThat(page(Map.of())).containsEntry("more", TENANTS - ALONE);
        assertThat((String) operators.console(DevConsole.MediaType.TEXT))
                .contains("tenant0:", "tenant999:", "200 more: find them with the option filter")
                .doesNotContain("tenant1000:");

        assertThat(names("ANT119")).containsExactlyElementsOf(numbered(119, 1190, 1199));
        assertThat(names("tenant1199")).containsExactly("tenant1199");
        assertThat(names("tenant100[05]")).containsExactly("tenant1000", "tenant1005");
        assertThat(names(" ")).hasSize(ALONE);
        assertThat((String) operators.console(DevConsole.MediaType.TEXT, Map.of("filter", "tenant1199")))
                .startsWith("tenant1199:")
                .doesNotContain("more");
        assertThat((String) operators.console(DevConsole.MediaType.TEXT, Map.of("filter", "nobody")))
                .isEqualTo("No connections\n");
    }

    /** That one, and those from the first to the last. */
    private static List<String> numbered(int one, int first, int last) {
        return IntStream.concat(IntStream.of(one), IntStream.rangeClosed(first, last))
                .mapToObj(number -> "tenant" + number)
                .toList();
    }

    private List<String> names(String filter) {
        JsonArray connections = page(Map.of("filter", filter)).getCollection("connections");
        return connections.stream()
                .map(connection -> ((JsonObject) connection).getString("name"))
                .toList();
    }

    private JsonObject page(Map<String, Object> options) {
        return (JsonObject) operators.console(DevConsole.MediaType.JSON, options);
    }

    private Set<String> checks() {
        return operators.readiness().stream()
                .map(result -> result.getCheck().getId())
                .filter(id -> id.startsWith("zendesk-auth:"))
                .collect(Collectors.toSet());
    }

    private Set<ObjectName> mbeans() throws JMException {
        return Operators.server()
                .queryNames(
                        new ObjectName("org.apache.camel:context=" + operators.camel.context.getManagementName()
                                + ",type=zendesk-auth,*"),
                        null);
    }
}

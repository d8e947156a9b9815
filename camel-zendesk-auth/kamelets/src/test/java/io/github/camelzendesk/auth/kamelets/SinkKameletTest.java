package io.github.camelzendesk.auth.kamelets;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.IssuedSecrets;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith({ZendeskExtension.class, SecretLeakExtension.class})
class SinkKameletTest {
    private static final String TICKET = """
            {"subject":"Broken \u00e9","comment":{"body":"It is."}}""";

    private ZendeskServer zendesk;
    private Map<String, String> properties;

    @BeforeEach
    void anAccount(ZendeskServer zendesk) {
        this.zendesk = zendesk;
        properties = Application.service("zendesk-sink", zendesk);
    }

    @ParameterizedTest
    @ValueSource(strings = {TICKET, "{\"ticket\":" + TICKET + "}"})
    void aTicketIsCreatedFromTheWholeObjectOrTheInnerOne(String body) {
        try (Application application = new Application("sink", properties)) {
            Exchange answer = send(application, body, Map.of());

            assertThat(answer.getException()).isNull();
            assertThat(zendesk.tickets()).hasSize(3).last().satisfies(ticket -> assertThat(ticket)
                    .containsEntry("subject", "Broken \u00e9")
                    .containsEntry("description", "It is."));
            assertThat(application.received.bodies).singleElement().asString().contains("\"ticket\"", "\"id\":3");
        }
    }

    @Test
    void bytesAndMapsAreTakenToo() {
        try (Application application = new Application("sink", properties)) {
            send(application, "{\"subject\":\"Bytes\"}".getBytes(StandardCharsets.UTF_8), Map.of());
            send(application, Map.of("subject", "Map"), Map.of());
            send(application, Map.of("ticket", Map.of("subject", "Whole map")), Map.of());

            assertThat(zendesk.tickets())
                    .extracting(ticket -> ticket.get("subject"))
                    .endsWith("Bytes", "Map", "Whole map");
        }
    }

    @Test
    void theHeaderNamesTheTicketToUpdate() {
        try (Application application = new Application("sink", properties)) {
            Exchange answer = send(application, "{\"status\":\"solved\"}", Map.of("CamelZendeskTicketId", 2L));

            assertThat(answer.getException()).isNull();
            assertThat(zendesk.tickets()).hasSize(2);
            assertThat(zendesk.tickets().get(1)).containsEntry("status", "solved");
        }
    }

    @Test
    void theParameterNamesTheTicketToUpdateWhereNoHeaderDoes() {
        Application.parameter(properties, "zendesk-sink", "ticketId", "1");
        try (Application application = new Application("sink", properties)) {
            send(application, "{\"status\":\"solved\"}", Map.of());
            send(application, "{\"status\":\"hold\"}", Map.of("CamelZendeskTicketId", "2"));

            assertThat(zendesk.tickets())
                    .extracting(ticket -> ticket.get("status"))
                    .containsExactly("solved", "hold");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1/../../users/1", "me", "1?x=1", " "})
    void anIdThatIsNoNumberIsRefused(String id) {
        try (Application application = new Application("sink", properties)) {
            Exchange answer = send(application, "{}", Map.of("CamelZendeskTicketId", id));

            assertThat(answer.getException())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("CamelZendeskTicketId");
            assertThat(zendesk.apiRequests()).isEmpty();
        }
    }

    @Test
    void aParameterIsNoExpression() {
        Application.parameter(properties, "zendesk-sink", "ticketId", "${bean:received}");

        assertThatThrownBy(() -> new Application("sink", properties).close())
                .hasStackTraceContaining("ConfigurationRefused: The parameter ticketId of a Kamelet");
    }

    @Test
    void noHeaderChoosesWhatTheConnectionDoes() {
        Map<String, String> named = new HashMap<>();
        properties.forEach((name, value) -> named.put(
                name.replace("camel.kamelet.zendesk-sink.", "camel.component.zendesk-auth.connections.acme."), value));
        named.put("camel.component.zendesk-auth.connections.acme.operationFromHeader", "true");
        named.put("camel.component.zendesk-auth.connections.acme.onBehalfOfFromHeader", "true");
        Application.parameter(named, "zendesk-sink", "connection", "acme");
        try (Application application = new Application("sink", named)) {
            Exchange answer = send(
                    application,
                    TICKET,
                    Map.of("CamelZendeskAuthOperation", "revoke", "CamelZendeskAuthOnBehalfOf", "boss@acme.com"));

            assertThat(answer.getException()).isNull();
            assertThat(zendesk.apiRequests())
                    .singleElement()
                    .returns(201, ApiRequestSeen::status)
                    .extracting(seen -> seen.header("X-On-Behalf-Of"))
                    .isNull();
        }
    }

    @Test
    void aRedeliveryMakesNoSecondTicket() {
        AtomicInteger attempts = new AtomicInteger();
        try (Application application = new Application("redelivery", properties, exchange -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("After Zendesk, before the end");
            }
        })) {
            Exchange answer = send(application, TICKET, Map.of());

            assertThat(answer.getException()).isNull();
            assertThat(attempts).hasValue(2);
            assertThat(zendesk.apiRequests()).hasSize(2);
            assertThat(zendesk.tickets()).hasSize(3);
        }
    }

    @Test
    void anExchangeMayCreateSeveralTickets() {
        try (Application application = new Application("sink", properties)) {
            Exchange exchange = send(application, TICKET, Map.of());
            exchange.getMessage().setBody("{\"subject\":\"Another\"}");
            application.context().createProducerTemplate().send("direct:sink", exchange);
            send(application, TICKET, Map.of());

            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys("CamelHttpResponseCode");
            assertThat(zendesk.tickets()).hasSize(5);
        }
    }

    @Test
    void aKeyOfTheMessageGoesBeforeTheOneThatIsMade() {
        try (Application application = new Application("sink", properties)) {
            send(application, TICKET, Map.of("Idempotency-Key", "order-7"));
            send(application, TICKET, Map.of("Idempotency-Key", "order-7"));

            assertThat(zendesk.tickets()).hasSize(3);
            assertThat(zendesk.apiRequests())
                    .extracting(seen -> seen.header("Idempotency-Key"))
                    .containsOnly("order-7");
        }
    }

    @Test
    void noHeaderOfTheMessageLeadsElsewhereOrReachesZendesk() {
        try (ZendeskServer evil = ZendeskServer.start();
                Application application = new Application("sink", properties)) {
            send(
                    application,
                    TICKET,
                    Map.of(
                            "CamelHttpUri", evil.url() + "/api/v2/tickets.json",
                            "CamelRestHttpUri", evil.url() + "/api/v2/tickets.json",
                            "CamelHttpPath", "/elsewhere",
                            "CamelHttpMethod", "DELETE",
                            "Authorization", "Bearer theirs",
                            "X-On-Behalf-Of", "somebody@else.com",
                            "X-Internal", "ours"));

            assertThat(evil.apiRequests()).isEmpty();
            assertThat(zendesk.apiRequests()).singleElement().satisfies(seen -> {
                assertThat(seen.method() + " " + seen.path()).isEqualTo("POST /api/v2/tickets.json");
                assertThat(seen.header("X-Internal")).isNull();
                assertThat(seen.header("X-On-Behalf-Of")).isNull();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CamelZendeskAuthOperation", "camelzendeskauthoperation"})
    void noHeaderOfTheMessageChoosesTheOperationOrThePerson(String header) {
        zendesk.addUser("jane@acme.com");
        Application.parameter(properties, "zendesk-sink", "onBehalfOf", "jane@acme.com");
        try (Application application = new Application("sink", properties)) {
            for (String operation : List.of("revoke", "refresh", "nonsense")) {
                Exchange answer = send(
                        application,
                        TICKET,
                        Map.of(header, operation, "CamelZendeskAuthOnBehalfOf", "the.boss@acme.com"));
                assertThat(answer.getException()).isNull();
            }

            assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
            assertThat(zendesk.apiRequests())
                    .hasSize(3)
                    .allSatisfy(seen -> assertThat(seen.method()).isEqualTo("POST"))
                    .allSatisfy(
                            seen -> assertThat(seen.header("X-On-Behalf-Of")).isEqualTo("jane@acme.com"));
        }
    }

    @Test
    void aTokenThatDiesIsReplacedAndTheTicketCreatedOnce() {
        zendesk.nextApiRequest(ApiFault.invalidToken());
        try (Application application = new Application("sink", properties)) {
            Exchange answer = send(application, TICKET, Map.of());

            assertThat(answer.getException()).isNull();
            assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).containsExactly(401, 201);
            assertThat(zendesk.tickets()).hasSize(3);
            assertThat(answer.getMessage().getHeaders().toString() + answer.getVariables() + answer.getAllProperties())
                    .doesNotContain("Authorization")
                    .doesNotContain(IssuedSecrets.all());
        }
    }

    @Test
    void whatZendeskRefusesFailsTheExchange() {
        try (Application application = new Application("sink", properties)) {
            Exchange answer = send(application, "{}", Map.of("CamelZendeskTicketId", "99"));

            assertThat(answer.getException())
                    .isInstanceOfSatisfying(
                            HttpOperationFailedException.class,
                            failure -> assertThat(failure.getStatusCode()).isEqualTo(404));
            assertThat(application.received.bodies).isEmpty();
        }
    }

    private static Exchange send(Application application, Object body, Map<String, Object> headers) {
        return application.send("direct:sink", exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }
}

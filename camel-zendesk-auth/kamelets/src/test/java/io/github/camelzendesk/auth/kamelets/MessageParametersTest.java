package io.github.camelzendesk.auth.kamelets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** What a message chooses by a parameter of a Kamelet, and what it does not. */
@ExtendWith(ZendeskExtension.class)
class MessageParametersTest {
    private static final String ACTION = "zendesk-auth-action";

    private ZendeskServer zendesk;
    private Map<String, String> properties;

    @BeforeEach
    void aServiceInProperties(ZendeskServer zendesk) {
        this.zendesk = zendesk;
        properties = new HashMap<>(Application.service(ACTION, zendesk));
    }

    @ParameterizedTest
    @CsvSource({
        "jane@acme.com,jane@acme.com",
        "jane+tag@acme.com,jane+tag@acme.com",
        "RAW(jane@acme.com),jane@acme.com",
        "RAW(jane+tag@acme.com),jane+tag@acme.com",
        "RAW(jane+%41@acme.com),jane+%41@acme.com",
        "jane%40acme.com,jane@acme.com"
    })
    void anEMailIsSentAsItIsWritten(String text, String sent) throws Exception {
        try (Application application = new Application("none", properties)) {
            String template = "kamelet:" + ACTION + "?onBehalfOf=${header.v}&scope=RAW(read)";
            List<Exchange> exchanges = new ArrayList<>(List.of(direct(application, template, text)));
            if (text.startsWith("jane") && !text.contains("%")) {
                exchanges.add(toD(application, template, text));
            }

            assertThat(exchanges)
                    .allSatisfy(exchange -> assertThat(exchange.getMessage().getHeader("X-On-Behalf-Of"))
                            .isEqualTo(sent));
        }
    }

    @Test
    void anEMailOfPropertiesAndOfYamlIsSentAsItIsWritten() {
        properties.put("account.url", properties.get("camel.kamelet." + ACTION + ".url"));
        Application.parameter(properties, ACTION, "onBehalfOf", "jane+%41@acme.com");
        try (Application action = new Application("action", properties);
                Application yaml = new Application("parameters", properties)) {
            assertThat(action.send("direct:action", sent -> {}).getMessage().getHeader("X-On-Behalf-Of"))
                    .isEqualTo("jane+%41@acme.com");
            assertThat(yaml.send("direct:action", sent -> {}).getMessage().getHeader("X-On-Behalf-Of"))
                    .isEqualTo("end.user+tag@acme.com");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"url=acme", "url=https://acme.zendesk.com", "url=RAW(https://acme.zendesk.com)"})
    void anAddressIsTakenAsItIsWritten(String url) {
        try (Application application = new Application("none", Map.of())) {
            Exchange exchange = application.send("kamelet:" + ACTION + "?oauthAccessToken=a-token&" + url, sent -> {});

            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader("Authorization")).isEqualTo("Bearer a-token");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false,zendesk",
        "false,acme",
        "false,''",
        "false,RAW()",
        "true,acme",
        "true,zendesk",
        "true,globex",
        "true,''",
    })
    void aConnectionOfAMessageLeadsToNoOtherHost(boolean named, String connection) throws Exception {
        if (named) {
            properties.put("camel.component.zendesk-auth.connections.acme.url", zendesk.url());
            properties.put("camel.component.zendesk-auth.connections.acme.oauthAccessToken", "a-token-of-acme");
        }
        try (ZendeskServer evil = ZendeskServer.start();
                Application application = new Application("none", properties)) {
            for (String url : new String[] {evil.url(), "RAW(" + evil.url() + ")"}) {
                String template = "kamelet:" + ACTION + "?connection=${header.v}";
                assertRefused(direct(application, template, connection + "&url=" + url), evil.url());
                assertRefused(toD(application, template, connection + "&url=" + url), evil.url());
            }
            assertThat(evil.tokenRequests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jane&url=EVIL",
                "jane&url=RAW(EVIL)",
                "RAW(jane)&url=EVIL",
                "jane&oauthSettingsLocation=RAW(file:target/theirs.json)",
                "jane&callbackUrl=EVIL",
                "jane&oauthClientSecret=theirs"
            })
    void whereConnectionsAreNamedTheAccountOfAKameletIsSetByTheApplicationAlone(String text) throws Exception {
        properties.put("camel.component.zendesk-auth.connections.acme.url", zendesk.url());
        try (ZendeskServer evil = ZendeskServer.start();
                Application application = new Application("none", properties)) {
            String template = "kamelet:" + ACTION + "?onBehalfOf=${header.v}";
            assertRefused(direct(application, template, text.replace("EVIL", evil.url())), evil.url());
            assertRefused(toD(application, template, text.replace("EVIL", evil.url())), evil.url());
            assertThat(evil.tokenRequests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acme?onBehalfOf=jane@acme.com",
                "acme%3FonBehalfOf=jane@acme.com",
                "RAW(acme?onBehalfOf=jane@acme.com)",
                "acme&onBehalfOf=jane@acme.com",
                "acme?operation=revoke",
                "acme%3Foperation%3Drevoke",
                "RAW(acme%3Foperation%3Drevoke)"
            })
    void aConnectionOfAMessageIsANameAndNothingElse(String text) throws Exception {
        properties.put("camel.component.zendesk-auth.connections.acme.url", zendesk.url());
        properties.put("camel.component.zendesk-auth.connections.acme.oauthAccessToken", "a-token-of-acme");
        try (Application application = new Application("none", properties)) {
            assertRefused(direct(application, "kamelet:" + ACTION + "?connection=${header.v}", text), "jane");
            assertRefused(toD(application, "kamelet:" + ACTION + "?connection=${header.v}", text), "jane");
        }
    }

    @Test
    void aConnectionOfAMessageIsFound() throws Exception {
        properties.put("camel.component.zendesk-auth.connections[acme-eu.1].url", zendesk.url());
        properties.put("camel.component.zendesk-auth.connections[acme-eu.1].oauthAccessToken", "a-token-of-acme");
        try (Application application = new Application("none", properties)) {
            Exchange exchange = toD(application, "kamelet:" + ACTION + "?connection=${header.v}", "acme-eu.1");

            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader("Authorization")).isEqualTo("Bearer a-token-of-acme");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zendesk", "kamelet", "handover"})
    void aParameterMayBeCalledLikeABeanOfTheTemplate(String text) throws Exception {
        try (Application application = new Application("none", properties)) {
            Exchange exchange = toD(application, "kamelet:" + ACTION + "?scope=read&onBehalfOf=${header.v}", text);

            assertThat(exchange.getMessage().getHeader("X-On-Behalf-Of")).isEqualTo(text);
        }
    }

    @Test
    void theKameletsOfOthersAreTheirs() throws Exception {
        try (Application application = new Application("none", properties)) {
            application.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    routeTemplate("zendesk-source-of-ours")
                            .templateParameter("text")
                            .from("kamelet:source")
                            .setBody()
                            .constant("{{text}}");
                }
            });
            String template = "kamelet:zendesk-source-of-ours?text=${header.v}";

            assertThat(toD(application, template, "RAW(a#b)").getMessage().getBody())
                    .isEqualTo("a#b");
        }
    }

    private static Exchange toD(Application application, String template, String text) throws Exception {
        String start = "direct:" + UUID.randomUUID();
        application.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(start).toD(template);
            }
        });
        return application.send(start, sent -> sent.getMessage().setHeader("v", text));
    }

    /** As a producer template, a recipient list or a slip sends it, without a look at the template. */
    private static Exchange direct(Application application, String template, String text) {
        try {
            return application.send(template.replace("${header.v}", text), sent -> sent.getMessage()
                    .setHeader("v", text));
        } catch (RuntimeException e) {
            Exchange refused = new DefaultExchange(application.context());
            refused.setException(e);
            refused.getMessage().setHeader("v", text);
            return refused;
        }
    }

    private static void assertRefused(Exchange exchange, String quoted) {
        assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys("v");
        assertThat(exchange.getException()).isNotNull();
        for (Throwable cause = exchange.getException(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigurationRefused) {
                assertThat(cause.getMessage()).doesNotContain(quoted, "s3cr3t");
            }
        }
    }
}

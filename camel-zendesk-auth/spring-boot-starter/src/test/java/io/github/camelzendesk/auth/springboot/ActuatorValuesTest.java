package io.github.camelzendesk.auth.springboot;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What Actuator shows of properties to those whom it shows values: none of a secret option, however it is spelt. */
class ActuatorValuesTest {
    private static final String PREFIX = "camel.component.zendesk-auth.";
    private static final String MADE_UP = "made-up-";
    private static final Pattern SHOWN = Pattern.compile("(?<![^{}])[^{}]*" + MADE_UP);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() throws IOException {
        Map<String, String> properties = new LinkedHashMap<>();
        Map<String, Object> variables = new LinkedHashMap<>();
        for (String option : secretOptions()) {
            String dashed = option.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            String loud = option.toUpperCase(Locale.ROOT);
            for (String name : List.of(
                    PREFIX + dashed,
                    PREFIX + "connections.dashed." + dashed,
                    PREFIX + "connections[in-brackets.eu]." + option,
                    PREFIX + "connections[loud]." + loud,
                    "camel.kamelet.zendesk-source." + option,
                    "camel.beans.initech." + option)) {
                properties.put(name, MADE_UP + properties.size());
            }
            for (String name : List.of(
                    "CAMEL_COMPONENT_ZENDESKAUTH_CONNECTIONS_VARIABLES_" + loud,
                    "CAMEL_COMPONENT_ZENDESK_AUTH_" + dashed.replace('-', '_').toUpperCase(Locale.ROOT),
                    "ZENDESK_" + dashed.replace('-', '_').toUpperCase(Locale.ROOT))) {
                variables.put(name, MADE_UP + "variable-" + variables.size());
            }
        }
        properties.put(PREFIX + "connections.dashed.url", "shown-url");
        properties.put("shop.oauth-client-id", "shown-of-others");
        properties.put("server.port", "0");
        properties.put("server.address", "127.0.0.1");
        properties.put("management.endpoints.web.exposure.include", "env,configprops");
        properties.put("management.endpoint.env.show-values", "always");
        properties.put("management.endpoint.configprops.show-values", "always");
        application = Boot.application(Application.class)
                .web(WebApplicationType.SERVLET)
                .initializers(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)))
                .run(Boot.arguments(properties));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    /** Those of the catalog, and the place, which may be the URL of a database with its password. */
    static List<String> secretOptions() throws IOException {
        List<String> secret = new ArrayList<>(List.of("oauthSettingsLocation"));
        try (InputStream in = ActuatorValuesTest.class.getResourceAsStream(
                "/META-INF/io/github/camelzendesk/auth/zendesk-auth.json")) {
            for (Map.Entry<String, JsonNode> option :
                    new ObjectMapper().readTree(in).get("componentProperties").properties()) {
                if (option.getValue().path("secret").asBoolean()) {
                    secret.add(option.getKey());
                }
            }
        }
        return secret;
    }

    static Stream<String> pages() {
        return Stream.of(
                "env",
                "configprops",
                "configprops/camel.component.zendesk-auth",
                "env/" + PREFIX + "connections.dashed.oauth-client-secret",
                "env/ZENDESK_OAUTH_CLIENT_SECRET");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void noPageShowsTheValueOfASecretOption(String page) throws Exception {
        String text = get(page);

        assertThat(SHOWN.matcher(text).results().map(MatchResult::group)).isEmpty();
        assertThat(text.contains("\"******\"")).as("masked").isTrue();
    }

    @Test
    void otherValuesAreShown() throws Exception {
        String variables = get("env");

        assertThat(variables.contains("shown-url") && variables.contains("shown-of-others"))
                .isTrue();
        assertThat(get("configprops").contains("shown-url")).isTrue();
    }

    private static String get(String page) throws Exception {
        String port = application.getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/" + page))
                .build();
        HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(page).isEqualTo(200);
        return answer.body();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}
}

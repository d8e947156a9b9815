package io.github.camelzendesk.auth.springboot;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What editors complete properties by, against what the component says of its options. */
class ConfigurationMetadataTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = "camel.component.zendesk-auth.";
    private static final Map<String, String> BOXED =
            Map.of("boolean", "java.lang.Boolean", "int", "java.lang.Integer", "long", "java.lang.Long");

    private final Map<String, JsonNode> described = described();

    @Test
    void everyOptionOfTheComponentIsAPropertyWithItsDescriptionTypeAndDefault() throws IOException {
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        options().forEach((option, json) -> {
            String name = PREFIX + dashed(option);
            expected.add(String.join(" | ", name, type(option, json), description(option, json), defaultOf(json)));
            JsonNode ours = described.getOrDefault(name, JSON.createObjectNode());
            actual.add(String.join(
                    " | ",
                    name,
                    ours.path("type").asText(),
                    ours.path("description").asText(),
                    ours.path("defaultValue").asText()));
        });

        assertThat(expected).hasSizeGreaterThan(40);
        assertThat(actual).containsExactlyElementsOf(expected);
    }

    @Test
    void nothingElseIsAPropertyButTheSwitchesThatAllOfCamelsComponentsHave() throws IOException {
        List<String> known = new ArrayList<>(List.of(PREFIX + "enabled", PREFIX + "customizer.enabled"));
        options().keySet().forEach(option -> known.add(PREFIX + dashed(option)));

        assertThat(described.keySet()).containsExactlyInAnyOrderElementsOf(known);
    }

    private static Map<String, JsonNode> options() throws IOException {
        try (InputStream in = ConfigurationMetadataTest.class.getResourceAsStream(
                "/META-INF/io/github/camelzendesk/auth/zendesk-auth.json")) {
            Map<String, JsonNode> options = new HashMap<>();
            JSON.readTree(in)
                    .get("componentProperties")
                    .fields()
                    .forEachRemaining(field -> options.put(field.getKey(), field.getValue()));
            return options;
        }
    }

    /** That of all jars, because tests may run with other starters on the class path. */
    private static Map<String, JsonNode> described() {
        Map<String, JsonNode> described = new HashMap<>();
        try {
            for (URL url : Collections.list(ConfigurationMetadataTest.class
                    .getClassLoader()
                    .getResources("META-INF/spring-configuration-metadata.json"))) {
                for (JsonNode property : JSON.readTree(url).get("properties")) {
                    if (property.get("name").asText().startsWith(PREFIX)) {
                        described.put(property.get("name").asText(), property);
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return described;
    }

    private static String type(String option, JsonNode json) {
        if (option.equals("connections")) {
            return "java.util.Map<java.lang.String," + ZendeskAuthOptions.class.getName() + ">";
        }
        String type = json.get("javaType").asText();
        return json.get("type").asText().equals("object") ? "java.lang.String" : BOXED.getOrDefault(type, type);
    }

    private static String description(String option, JsonNode json) {
        boolean reference = json.get("type").asText().equals("object") && !option.equals("connections");
        return json.get("description").asText() + (reference ? " A reference to a bean, such as #name." : "");
    }

    private static String defaultOf(JsonNode json) {
        return json.path("defaultValue").asText();
    }

    /** As people write it: not as {@code initiate-o-auth}, which Spring would make of {@code initiateOAuth}. */
    private static String dashed(String option) {
        return option.replace("OAuth", "Oauth").replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}

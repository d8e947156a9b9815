package io.github.camelzendesk.auth;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;

import static org.assertj.core.api.Assertions.assertThat;

/** What Camel says of the options, against the one table of them. */
class OptionsTableTest {
    /** What only Camel has: what a producer does with a message, and objects of the registry. */
    private static final Set<String> OF_CAMEL = Set.of(
            "connection",
            "lazyStartProducer",
            "operation",
            "operationFromHeader",
            "onBehalfOfFromHeader",
            "verifyOnStart",
            "tokenManager",
            "okHttpClient",
            "sslContextParameters");

    @Test
    void theCatalogAndTheTableSayTheSameOfEachOption() throws IOException {
        Map<String, String> catalog = new TreeMap<>();
        for (Map.Entry<String, JsonNode> option : properties().properties()) {
            if (!OF_CAMEL.contains(option.getKey())) {
                catalog.put(option.getKey(), line(option.getValue()));
            }
        }
        Map<String, String> table = new TreeMap<>();
        Options.ALL.forEach(option -> table.put(option.name(), line(option)));

        assertThat(catalog)
                .as("a new option is written into Options and into ZendeskAuthConfiguration")
                .isEqualTo(table);
    }

    @Test
    void theDefaultsOfABeanAreThoseOfTheTable() {
        ConnectionOptions ofBean = new ZendeskAuthConfiguration().toOptions();

        List<String> different = new ArrayList<>();
        for (Option<?> option : Options.ALL) {
            if (ofBean.find(option) != option.defaultValue()
                    && !String.valueOf(ofBean.find(option)).equals(String.valueOf(option.defaultValue()))) {
                different.add(option.name());
            }
        }

        assertThat(different).isEmpty();
    }

    private static String line(JsonNode option) {
        return String.join(
                " | ",
                option.path("javaType").asText(),
                option.path("defaultValue").asText("none"),
                option.path("secret").asBoolean() ? "secret" : "shown",
                option.path("label").asText(),
                option.path("description").asText());
    }

    private static String line(Option<?> option) {
        return String.join(
                " | ",
                option.type().getName(),
                option.defaultText() == null ? "none" : option.defaultText(),
                option.isSecret() ? "secret" : "shown",
                option.label(),
                option.description());
    }

    private static JsonNode properties() throws IOException {
        try (InputStream in =
                OptionsTableTest.class.getResourceAsStream("/META-INF/io/github/camelzendesk/auth/zendesk-auth.json")) {
            return new ObjectMapper().readTree(in).get("properties");
        }
    }
}

package io.github.camelzendesk.auth.cli.internal.connections;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/** An {@code application.yml} as the properties that Spring Boot and Quarkus make of it. Stateless. */
final class YamlProperties {
    private static final YAMLMapper MAPPER = new YAMLMapper();

    private YamlProperties() {}

    /** Whether a file of this name is YAML. */
    static boolean is(String source) {
        return source.toLowerCase(Locale.ROOT).matches(".*\\.ya?ml");
    }

    /**
     * Of all documents that count without a profile.
     *
     * @throws ConfigurationRefused when it is no YAML; quotes none of it
     */
    static Map<String, String> parse(String text, String source) {
        Map<String, String> values = new TreeMap<>();
        try (MappingIterator<JsonNode> documents =
                MAPPER.readerFor(JsonNode.class).readValues(text)) {
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                if (!ofProfile(document)) {
                    flatten("", document, values);
                }
            }
            return values;
        } catch (IOException | RuntimeException e) {
            throw new ConfigurationRefused(source + " is no YAML that can be read: check its indentation and quotes.");
        }
    }

    private static boolean ofProfile(JsonNode document) {
        JsonNode spring = document.path("spring");
        return spring.has("profiles")
                || spring.path("config").path("activate").has("on-profile")
                || spring.path("config").has("activate.on-profile")
                || document.has("spring.config.activate.on-profile");
    }

    private static void flatten(String path, JsonNode node, Map<String, String> values) {
        if (node.isObject()) {
            node.fields().forEachRemaining(field -> flatten(joined(path, field.getKey()), field.getValue(), values));
        } else if (node.isValueNode() && !node.isNull()) {
            values.put(path, node.asText());
        }
    }

    private static String joined(String path, String key) {
        return path.isEmpty() || key.startsWith("[") ? path + key : path + "." + key;
    }
}

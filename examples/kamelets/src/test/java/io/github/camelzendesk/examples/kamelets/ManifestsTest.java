package io.github.camelzendesk.examples.kamelets;

import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.apache.camel.v1.Pipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds the manifests for Camel K against what a Pipe is, and against the Kamelets that they name. */
class ManifestsTest {
    private static final Path FOLDER = Path.of("camel-k");
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    @ParameterizedTest
    @ValueSource(strings = {"tickets-pipe.yaml", "heartbeat-pipe.yaml"})
    void aPipeIsOneAndGivesItsKameletsWhatTheyKnowAndNeed(String file) throws Exception {
        Pipe pipe = YAML.readValue(FOLDER.resolve(file).toFile(), Pipe.class);
        assertThat(pipe.getSpec().getSource().getRef().getName()).isNotBlank();
        assertThat(pipe.getSpec().getSink().getRef().getName()).isNotBlank();
        JsonNode manifest = YAML.readTree(FOLDER.resolve(file).toFile());
        assertThat(manifest.path("apiVersion").asText()).isEqualTo("camel.apache.org/v1");
        int checked = 0;
        for (String end : List.of("source", "sink")) {
            String kamelet = manifest.at("/spec/" + end + "/ref/name").asText();
            if (kamelet.startsWith("zendesk-")) {
                check(kamelet, manifest.at("/spec/" + end + "/properties"));
                checked++;
            }
        }
        assertThat(checked).isEqualTo(1);
    }

    private static void check(String kamelet, JsonNode properties) throws Exception {
        JsonNode definition = definition(kamelet);
        List<String> names = names(properties);
        assertThat(names(definition.path("properties"))).containsAll(names);
        definition.path("required").forEach(required -> assertThat(names).contains(required.asText()));
        for (String name : names) {
            JsonNode property = definition.path("properties").path(name);
            assertThat(property.path("format").asText()).as(name).isNotEqualTo("password");
            if (property.has("enum")) {
                assertThat(property.path("enum").toString()).contains(properties.path(name).asText());
            }
        }
    }

    @Test
    void theSecretGivesParametersThatTheKameletsHave() throws Exception {
        JsonNode secret = YAML.readTree(FOLDER.resolve("secret.yaml").toFile());
        assertThat(secret.path("kind").asText()).isEqualTo("Secret");
        Properties properties = new Properties();
        properties.load(new StringReader(
                secret.at("/stringData/application.properties").asText()));
        assertThat(properties).hasSize(4);
        for (String key : properties.stringPropertyNames()) {
            String[] words = key.split("\\.", -1);
            assertThat(words).startsWith("camel", "kamelet");
            assertThat(names(definition(words[2]).path("properties"))).contains(words[3]);
        }
    }

    @Test
    void theManifestsNameOneAnother() throws Exception {
        String pipe = Files.readString(FOLDER.resolve("tickets-pipe.yaml"));
        for (String file : List.of("secret.yaml", "volume.yaml")) {
            JsonNode manifest = YAML.readTree(FOLDER.resolve(file).toFile());
            assertThat(pipe).contains(manifest.at("/metadata/name").asText());
        }
        Map<?, ?> cursor = YAML.convertValue(
                YAML.readTree(pipe).at("/metadata/annotations"), Map.class);
        assertThat(cursor.get("trait.camel.apache.org/mount.volumes"))
                .asString()
                .endsWith(":" + YAML.readTree(pipe).at("/spec/source/properties/cursorDirectory").asText());
    }

    private static JsonNode definition(String kamelet) throws Exception {
        try (InputStream in = ManifestsTest.class.getResourceAsStream("/kamelets/" + kamelet + ".kamelet.yaml")) {
            return YAML.readTree(in).at("/spec/definition");
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}

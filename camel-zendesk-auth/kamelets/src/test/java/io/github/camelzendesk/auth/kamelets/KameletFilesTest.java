package io.github.camelzendesk.auth.kamelets;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.kamelets.catalog.KameletsCatalog;
import org.apache.camel.v1.Kamelet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be said of the files without running them. */
class KameletFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern PARAMETER = Pattern.compile("\\{\\{zendesk-kamelet:([A-Za-z]+)}}");
    /** Not the account's or its credentials', but the Kamelet's own. */
    private static final Set<String> OWN =
            Set.of("connection", "cursorDirectory", "cursorFile", "startTime", "delay", "pageSize", "ticketId");

    private static JsonSchema schema;
    private static JsonNode options;

    @BeforeAll
    static void load() throws IOException {
        schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
                .getSchema(read(JSON, "/schema/camelYamlDsl.json"));
        options = read(JSON, "/META-INF/io/github/camelzendesk/auth/zendesk-auth.json")
                .path("properties");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zendesk-auth-action", "zendesk-source", "zendesk-sink"})
    void theTemplateIsARouteOfTheYamlDsl(String name) throws Exception {
        JsonNode template = kamelet(name).at("/spec/template");
        assertThat(template.at("/from/steps").isArray()).isTrue();
        JsonNode route = JSON.createObjectNode().set("from", template.path("from"));
        assertThat(schema.validate(YAML.createArrayNode().add(route))).isEmpty();
    }

    @Test
    void theSchemaFindsWhatIsWrong() throws Exception {
        assertThat(schema.validate(
                        YAML.readTree("[{\"from\":{\"uri\":\"kamelet:source\",\"steps\":[{\"tooo\":\"x\"}]}}]")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"zendesk-auth-action,action,''", "zendesk-source,source,''", "zendesk-sink,sink,''"})
    void theCatalogKnowsIt(String name, String type, String required) {
        KameletsCatalog catalog = new KameletsCatalog();
        Kamelet kamelet = catalog.getKamelets().get(name);
        assertThat(kamelet.getMetadata().getLabels()).containsEntry("camel.apache.org/kamelet.type", type);
        assertThat(kamelet.getMetadata().getAnnotations())
                .containsKeys(catalog.getKamelets()
                        .get("insert-header-action")
                        .getMetadata()
                        .getAnnotations()
                        .keySet()
                        .toArray(new String[0]))
                .hasEntrySatisfying("camel.apache.org/kamelet.icon", icon -> assertThat(icon)
                        .startsWith("data:image/svg+xml;base64,"))
                .containsEntry("camel.apache.org/catalog.version", System.getProperty("camel.version"));
        List<String> names = catalog.getKameletRequiredProperties(name);
        assertThat(names == null ? "" : String.join(",", names)).isEqualTo(required);
        assertThat(catalog.getKameletDependencies(name))
                .contains(
                        "camel:kamelet",
                        "mvn:io.github.camelzendesk:camel-zendesk-auth:" + System.getProperty("project.version"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zendesk-auth-action", "zendesk-source", "zendesk-sink"})
    void eachParameterOfItsOwnIsUsedAndEachUseIsAParameter(String name) throws Exception {
        JsonNode kamelet = kamelet(name);
        Set<String> declared = new TreeSet<>(names(kamelet.at("/spec/definition/properties")));
        declared.retainAll(OWN);
        // What Camel puts in: the id of the route, and the beans by their names.
        kamelet.at("/spec/template/beans")
                .forEach(bean -> declared.add(bean.path("name").asText()));
        Set<String> used = new TreeSet<>(placeholders(kamelet));
        // The bean zendeskKamelet reads it.
        used.add("connection");
        used.remove("routeId");
        assertThat(used).isEqualTo(declared);
    }

    /** Camel would give a meaning to what a parameter holds. The function lets through none that could have one. */
    @ParameterizedTest
    @ValueSource(strings = {"zendesk-auth-action", "zendesk-source", "zendesk-sink"})
    void noParameterStandsInTheTemplateAsItIs(String name) throws Exception {
        Matcher braces = Pattern.compile("\\{\\{.*?}}")
                .matcher(kamelet(name).at("/spec/template").toString());
        List<String> all = braces.results().map(MatchResult::group).toList();
        assertThat(all)
                .isNotEmpty()
                .allMatch(placeholder -> PARAMETER.matcher(placeholder).matches());
    }

    private static List<String> placeholders(JsonNode kamelet) {
        return PARAMETER
                .matcher(kamelet.at("/spec/template").toString())
                .results()
                .map(placeholder -> placeholder.group(1))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zendesk-auth-action", "zendesk-source", "zendesk-sink"})
    void aParameterOfTheAccountIsTheOptionOfTheComponent(String name) throws Exception {
        JsonNode properties = kamelet(name).at("/spec/definition/properties");
        for (String parameter : names(properties)) {
            JsonNode property = properties.path(parameter);
            assertThat(property.path("title").asText()).as(parameter).isNotBlank();
            assertThat(property.path("description").asText()).as(parameter).isNotBlank();
            if (!OWN.contains(parameter)) {
                sameAs(options.path(parameter), property, parameter);
            }
        }
    }

    private static void sameAs(JsonNode option, JsonNode property, String name) {
        assertThat(option.isObject()).as(name).isTrue();
        assertThat(property.path("description").asText())
                .isEqualTo(option.path("description").asText());
        assertThat(property.path("default").asText())
                .as(name)
                .isEqualTo(option.path("defaultValue").asText());
        assertThat(property.path("enum")).as(name).isEqualTo(option.path("enum"));
        if (option.path("secret").asBoolean()) {
            assertThat(property.path("x-descriptors").toString()).as(name).contains("urn:camel:group:credentials");
            // An e-mail address is shown as it is typed, but kept with the credentials.
            assertThat(property.path("format").asText()).as(name).isEqualTo(name.equals("user") ? "" : "password");
        }
    }

    @Test
    void theConnectionIsTheSameInAllOfThem() throws Exception {
        JsonNode action = kamelet("zendesk-auth-action");
        for (String name : List.of("zendesk-source", "zendesk-sink")) {
            JsonNode other = kamelet(name);
            assertThat(other.at("/spec/template/beans/0")).isEqualTo(action.at("/spec/template/beans/0"));
            JsonNode properties = action.at("/spec/definition/properties");
            for (String parameter : names(properties)) {
                assertThat(other.at("/spec/definition/properties").path(parameter))
                        .as(parameter)
                        .isEqualTo(properties.path(parameter));
            }
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode kamelet(String name) throws IOException {
        return read(YAML, "/kamelets/" + name + ".kamelet.yaml");
    }

    private static JsonNode read(ObjectMapper mapper, String resource) throws IOException {
        try (InputStream in = KameletFilesTest.class.getResourceAsStream(resource)) {
            return mapper.readTree(in);
        }
    }
}

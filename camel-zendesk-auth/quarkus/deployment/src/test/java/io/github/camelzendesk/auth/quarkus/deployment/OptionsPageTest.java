package io.github.camelzendesk.auth.quarkus.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The page that has each option as a property and as a variable of Quarkus is written from the catalog. */
class OptionsPageTest {
    private static final Path PAGE = Path.of("..", "..", "..", "docs", "quarkus-options.adoc");
    private static final String BEGIN = "// begin: written by OptionsPageTest\n";
    private static final String END = "// end\n";

    @Test
    void thePageHasEachOptionOfTheCatalog() throws IOException {
        String page = Files.readString(PAGE);
        String written =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table() + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("writeOptions")) {
            Files.writeString(PAGE, written);
        }

        assertThat(page)
                .as("an option is missing here: run this test with -DwriteOptions=true, and commit what it writes")
                .isEqualTo(written);
    }

    @Test
    void thePageHasThePropertiesOfTheBuild() throws IOException {
        assertThat(Files.readString(PAGE)).contains("`quarkus.camel.zendesk-auth.devservices.enabled` | `true`");
    }

    private static String table() throws IOException {
        return options().entrySet().stream()
                .map(option -> row(option.getKey(), option.getValue()))
                .collect(Collectors.joining(
                        "\n",
                        "[cols=\"3,1,3\",options=\"header\"]\n|===\n| property, variable | default | meaning\n\n",
                        "|===\n"));
    }

    private static String row(String name, JsonNode option) {
        String property = ComponentOptions.PREFIX
                + name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
        String variable = property.replaceAll("[^a-z0-9]", "_").toUpperCase(Locale.ROOT);
        String standard = option.path("defaultValue").asText();
        return "| `" + property + "` +\n`" + variable + "`\n|" + (standard.isEmpty() ? "" : " `" + standard + "`")
                + "\n| "
                + option.path("description").asText() + values(option)
                + (option.path("secret").asBoolean() ? " A secret." : "")
                + (option.path("type").asText().equals("object") ? " A reference to a bean, such as `#name`." : "")
                + "\n";
    }

    private static String values(JsonNode option) {
        return option.path("enum").isEmpty()
                ? ""
                : StreamSupport.stream(option.path("enum").spliterator(), false)
                        .map(value -> "`" + value.asText() + "`")
                        .collect(Collectors.joining(", ", " One of ", "."));
    }

    /** Those of a connection, which {@code connections.NAME.} has, too. */
    private static Map<String, JsonNode> options() throws IOException {
        try (InputStream in =
                OptionsPageTest.class.getResourceAsStream("/META-INF/io/github/camelzendesk/auth/zendesk-auth.json")) {
            Map<String, JsonNode> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (Map.Entry<String, JsonNode> option :
                    new ObjectMapper().readTree(in).get("componentProperties").properties()) {
                if (option.getValue().has("configurationField")) {
                    options.put(option.getKey(), option.getValue());
                }
            }
            return options;
        }
    }
}

package io.github.camelzendesk.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds the option tables of the component page against the catalog; with -DwriteComponentPage it writes them. */
class ComponentPageTest {
    private static final Path PAGE = Path.of("src/main/docs/zendesk-auth-component.adoc");

    @Test
    void itsTablesAreThoseOfTheCatalog() throws IOException {
        String page = Files.readString(PAGE);
        String expected = replaced(page);
        if (System.getProperty("writeComponentPage") != null) {
            Files.writeString(PAGE, expected);
        }
        assertThat(page)
                .as("the component page is behind the catalog: run mvn verify -DwriteComponentPage and commit it")
                .isEqualTo(expected);
    }

    private static String replaced(String page) throws IOException {
        JsonNode catalog;
        try (InputStream in = ComponentPageTest.class.getResourceAsStream(
                "/META-INF/io/github/camelzendesk/auth/zendesk-auth.json")) {
            catalog = new ObjectMapper().readTree(in);
        }
        String result = page;
        for (String section : new String[] {"componentProperties", "properties", "headers"}) {
            String start = "// " + section + ": START\n";
            int from = result.indexOf(start) + start.length();
            int to = result.indexOf("// " + section + ": END");
            result = result.substring(0, from) + table(catalog.get(section)) + result.substring(to);
        }
        return result;
    }

    private static String table(JsonNode options) {
        StringBuilder table =
                new StringBuilder("[cols=\"2,4,1,1\",options=\"header\"]\n|===\n| name | meaning | default | type\n");
        options.properties().forEach(option -> {
            JsonNode value = option.getValue();
            String type = value.path("javaType").asText();
            table.append("| `")
                    .append(option.getKey())
                    .append("`")
                    .append(value.path("secret").asBoolean() ? " (secret)" : "")
                    .append(" | ")
                    .append(value.path("description").asText().replace("|", "\\|"))
                    .append(" | ")
                    .append(value.path("defaultValue").asText(""))
                    .append(" | ")
                    .append(value.has("enum") ? values(value.get("enum")) : type.replaceAll("\\w+\\.", ""))
                    .append('\n');
        });
        return table.append("|===\n").toString();
    }

    private static String values(JsonNode constants) {
        return constants
                .valueStream()
                .map(constant -> "`" + constant.asText() + "`")
                .collect(Collectors.joining(", "));
    }
}

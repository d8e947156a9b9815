package io.github.camelzendesk.auth.springboot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writes the components of {@link ZendeskAuthOptions}, which Spring's metadata is made of, from Camel's catalog. Run with
 * {@code -DwriteOptions} after an option was added.
 */
class OptionsSourceTest {
    private static final Path SOURCE =
            Path.of("src/main/java/io/github/camelzendesk/auth/springboot/ZendeskAuthOptions.java");
    private static final Map<String, String> BOXED = Map.of("boolean", "Boolean", "int", "Integer", "long", "Long");

    @Test
    void theOptionsOfSpringAreWrittenFromTheCatalog() throws IOException {
        String source = Files.readString(SOURCE);
        String written = written(source);
        if (Boolean.getBoolean("writeOptions")) {
            Files.writeString(SOURCE, written);
        }

        assertThat(source)
                .as("an option is missing here: run this test with -DwriteOptions=true, and commit what it writes")
                .isEqualTo(written);
    }

    private static String written(String source) throws IOException {
        Map<String, JsonNode> options = options();
        String params = options.entrySet().stream()
                .map(option -> " * @param " + option.getKey() + " " + description(option.getValue()) + "\n")
                .collect(Collectors.joining());
        String components = options.entrySet().stream()
                .map(option -> "        " + spelt(option.getKey()) + "@Nullable " + type(option.getValue()) + " "
                        + option.getKey())
                .collect(Collectors.joining(",\n"));
        return source.substring(0, source.indexOf(" * @param "))
                + params
                + source.substring(
                        source.indexOf(" */\n@ConfigurationProperties"), source.indexOf("ZendeskAuthOptions(\n"))
                + "ZendeskAuthOptions(\n" + components
                + source.substring(source.indexOf(") {\n    private static final Pattern"));
    }

    private static Map<String, JsonNode> options() throws IOException {
        try (InputStream in = OptionsSourceTest.class.getResourceAsStream(
                "/META-INF/io/github/camelzendesk/auth/zendesk-auth.json")) {
            Map<String, JsonNode> options = new TreeMap<>();
            for (Map.Entry<String, JsonNode> option :
                    new ObjectMapper().readTree(in).get("componentProperties").properties()) {
                if (option.getValue().has("configurationField")) {
                    options.put(option.getKey(), option.getValue());
                }
            }
            return options;
        }
    }

    /** Spring would write {@code initiate-o-auth}. */
    private static String spelt(String option) {
        String dashed =
                option.replace("OAuth", "Oauth").replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        return option.contains("OAuth") ? "@Name(\"" + dashed + "\") " : "";
    }

    private static boolean isObject(JsonNode option) {
        return option.get("type").asText().equals("object");
    }

    private static String type(JsonNode option) {
        String type = option.get("javaType").asText();
        return isObject(option) ? "String" : BOXED.getOrDefault(type, type.substring(type.lastIndexOf('.') + 1));
    }

    private static String description(JsonNode option) {
        return option.get("description").asText() + (isObject(option) ? " A reference to a bean, such as #name." : "");
    }
}

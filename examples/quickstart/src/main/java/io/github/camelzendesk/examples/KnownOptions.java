package io.github.camelzendesk.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.camelzendesk.auth.ZendeskAuthComponent;

/** The options that text can set, as the component itself declares them in its catalog entry. Immutable. */
final class KnownOptions {
    static final String PREFIX = "ZENDESK_";
    private static final String CATALOG_ENTRY = "/META-INF/io/github/camelzendesk/auth/zendesk-auth.json";

    private final Map<String, JsonNode> byName;

    private KnownOptions(Map<String, JsonNode> byName) {
        this.byName = byName;
    }

    static KnownOptions ofTheComponent() {
        try (InputStream catalog = ZendeskAuthComponent.class.getResourceAsStream(CATALOG_ENTRY)) {
            Map<String, JsonNode> byName = new TreeMap<>();
            new ObjectMapper()
                    .readTree(catalog)
                    .path("componentProperties")
                    .properties()
                    .forEach(option -> byName.put(option.getKey(), option.getValue()));
            // Objects cannot be written as text, and which operation runs when is what the story is about.
            byName.values().removeIf(option -> option.path("type").asText().equals("object"));
            byName.remove("operation");
            return new KnownOptions(byName);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The option that these words name, whatever their case and underscores. */
    Optional<String> find(String words) {
        String wanted = words.replace("_", "");
        return byName.keySet().stream().filter(wanted::equalsIgnoreCase).findFirst();
    }

    /** What may be written for an option. */
    String allowed(String name) {
        JsonNode option = byName.get(name);
        List<String> values = new ArrayList<>();
        option.path("enum").forEach(value -> values.add(value.asText()));
        if (!values.isEmpty()) {
            return "one of " + String.join(", ", values);
        }
        return switch (option.path("type").asText()) {
            case "duration" -> "a duration such as 30s, 5m or 12h";
            case "integer" -> "a whole number";
            default -> "a " + option.path("type").asText();
        };
    }

    List<String> variables() {
        return byName.keySet().stream().map(KnownOptions::variable).sorted().toList();
    }

    /** The options that a sentence names; one-word names are left out, being words of every sentence. */
    List<String> namedIn(String sentence) {
        List<String> words = List.of(sentence.split("[^A-Za-z0-9]+"));
        return byName.keySet().stream()
                .filter(name -> !name.equals(name.toLowerCase(Locale.ROOT)))
                .filter(words::contains)
                .toList();
    }

    /** initiateOAuth becomes ZENDESK_INITIATE_OAUTH. */
    static String variable(String name) {
        return PREFIX + name.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }
}

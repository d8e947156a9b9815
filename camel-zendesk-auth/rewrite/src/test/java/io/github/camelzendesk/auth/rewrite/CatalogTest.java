package io.github.camelzendesk.auth.rewrite;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The names of options against Camel's own catalogs. */
class CatalogTest {
    @Test
    void whatIsTakenFromCamelHttpAndSetThereAreOptionsOfAnEndpoint() throws IOException {
        assertThat(options("http/https", "properties"))
                .containsAll(UriMigration.HTTP)
                .containsAll(UriMigration.HTTP_CLIENTS);
    }

    @Test
    void eachCredentialOfCamelHttpIsTakenOrIsAnotherScheme() throws IOException {
        Set<String> credentials = options("http/https", "properties");
        credentials.removeIf(option -> !option.startsWith("auth"));
        credentials.removeAll(UriMigration.HTTP);

        assertThat(credentials).containsExactlyInAnyOrder("authBearerToken");
    }

    @Test
    void whatIsTakenFromCamelZendeskAreOptionsOfEndpointsAndOfTheComponent() throws IOException {
        assertThat(options("zendesk/zendesk", "properties")).containsAll(UriMigration.ZENDESK);
        assertThat(options("zendesk/zendesk", "componentProperties"))
                .containsAll(UriMigration.ZENDESK)
                .contains("zendesk", "configuration");
    }

    private static Set<String> options(String catalog, String kind) throws IOException {
        try (InputStream json =
                CatalogTest.class.getResourceAsStream("/META-INF/org/apache/camel/component/" + catalog + ".json")) {
            JsonNode options = new ObjectMapper().readTree(json).get(kind);
            Set<String> names = new HashSet<>();
            options.fieldNames().forEachRemaining(names::add);
            return names;
        }
    }
}

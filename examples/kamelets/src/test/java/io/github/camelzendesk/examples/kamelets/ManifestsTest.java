package io.github.camelzendesk.examples.kamelets;

import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds the manifests for Camel K against the Kamelets that they name, and runs the Pipes without a cluster. */
@ExtendWith(ZendeskExtension.class)
class ManifestsTest {
    private static final Path FOLDER = Path.of("camel-k");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    /** What zendesk-auth-kubernetes brings for kubectl to create. */
    private static final String STORE = "/META-INF/camel-zendesk-auth/kubernetes-grant.yaml";

    @ParameterizedTest
    @CsvSource({"tickets-pipe.yaml,source", "heartbeat-pipe.yaml,sink"})
    void aPipeGivesItsKameletWhatThatKnowsAndNeeds(String file, String end) throws Exception {
        JsonNode manifest = YAML.readTree(FOLDER.resolve(file).toFile());
        assertThat(manifest.path("kind").asText()).isEqualTo("Pipe");
        check(manifest.at("/spec/" + end + "/ref/name").asText(), manifest.at("/spec/" + end + "/properties"));
    }

    @Test
    void thePipeOfTicketsRunsWithTheSecretAndKeepsItsGrantAndItsCursorInKubernetes(ZendeskServer zendesk)
            throws Exception {
        try (Cluster cluster = new Cluster(STORE)) {
            Main main = pipe("tickets-pipe.yaml", zendesk);
            main.addOverrideProperty("camel.kamelet.zendesk-source.startTime", "0");
            main.start();
            try {
                Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> cluster.secret()
                        .contains("\"cursor="));
                assertThat(zendesk.liveRefreshTokens()).singleElement().satisfies(token -> assertThat(cluster.secret())
                        .contains(token));
            } finally {
                main.stop();
            }
        }
    }

    @Test
    void thePipeOfTheHeartbeatRunsWithTheSecret(ZendeskServer zendesk) throws Exception {
        Main main = pipe("heartbeat-pipe.yaml", zendesk);
        main.start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> zendesk.tickets().size() == 3);
            assertThat(zendesk.tickets().get(2)).containsEntry("subject", "Daily check");
        } finally {
            main.stop();
        }
    }

    /**
     * Runs a Pipe as the operator of Camel K does: a route from one Kamelet to the other, and what the Pipe and the Secret
     * say as properties. Only the account and the client's secret are the test's.
     */
    private static Main pipe(String file, ZendeskServer zendesk) throws Exception {
        RegisteredClient client = zendesk.confidentialClient("nightly-export");
        JsonNode spec = YAML.readTree(FOLDER.resolve(file).toFile()).path("spec");
        Main main = new Main();
        // Not what the example has in its own class path.
        main.setDefaultPropertyPlaceholderLocation("false");
        main.configure().setRoutesIncludePattern("classpath:none/*.yaml");
        for (String end : List.of("source", "sink")) {
            String kamelet = "camel.kamelet." + spec.at("/" + end + "/ref/name").asText();
            JsonNode properties = spec.at("/" + end + "/properties");
            names(properties)
                    .forEach(name -> main.addOverrideProperty(
                            kamelet + "." + end + "." + name,
                            properties.path(name).asText().replace("https://acme.zendesk.com", zendesk.url())));
        }
        String refreshToken = zendesk.issue(client, "read write").refreshToken();
        Properties secret = secret();
        secret.stringPropertyNames()
                .forEach(name -> main.addOverrideProperty(
                        name,
                        secret.getProperty(name)
                                .replace("replace-me-too", refreshToken)
                                .replace("replace-me", client.secret())));
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:" + spec.at("/source/ref/name").asText() + "/source")
                        .to("kamelet:" + spec.at("/sink/ref/name").asText() + "/sink");
            }
        });
        return main;
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
                assertThat(property.path("enum").toString())
                        .contains(properties.path(name).asText());
            }
        }
    }

    @Test
    void theSecretGivesParametersThatTheKameletsHave() throws Exception {
        JsonNode secret = YAML.readTree(FOLDER.resolve("secret.yaml").toFile());
        assertThat(secret.path("kind").asText()).isEqualTo("Secret");
        Properties properties = new Properties();
        properties.load(
                new StringReader(secret.at("/stringData/application.properties").asText()));
        assertThat(properties).hasSize(5);
        for (String key : properties.stringPropertyNames()) {
            String[] words = key.split("\\.", -1);
            assertThat(words).startsWith("camel", "kamelet");
            assertThat(names(definition(words[2]).path("properties"))).contains(words[3]);
        }
    }

    @Test
    void theManifestsNameOneAnother() throws Exception {
        String pipe = Files.readString(FOLDER.resolve("tickets-pipe.yaml"));
        JsonNode secret = YAML.readTree(FOLDER.resolve("secret.yaml").toFile());
        assertThat(pipe).contains(secret.at("/metadata/name").asText());
    }

    @Test
    void noPipeNeedsAVolume() throws Exception {
        for (String file : List.of("tickets-pipe.yaml", "heartbeat-pipe.yaml")) {
            assertThat(Files.readString(FOLDER.resolve(file))).doesNotContain("mount.volumes");
        }
    }

    private static Properties secret() throws Exception {
        JsonNode secret = YAML.readTree(FOLDER.resolve("secret.yaml").toFile());
        Properties properties = new Properties();
        properties.load(
                new StringReader(secret.at("/stringData/application.properties").asText()));
        return properties;
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

package io.github.camelzendesk.auth.routes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.main.MainHelper;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.util.URISupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.ZendeskAuthConfiguration;
import io.github.camelzendesk.auth.ZendeskAuthPolicy;
import io.github.camelzendesk.auth.ZendeskClientFactory;
import io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.TestLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

@ExtendWith(ZendeskExtension.class)
class CamelMainTest {
    @Test
    void everyOptionIsAComponentOptionInEitherSpelling(ZendeskServer zendesk) throws Exception {
        RegisteredClient client = zendesk.confidentialClient("robot");
        Main main = new Main();
        main.addInitialProperty("camel.component.zendesk-auth.url", zendesk.url());
        main.addInitialProperty("camel.component.zendesk-auth.auth-scheme", "OAuthClient");
        main.addInitialProperty("camel.component.zendesk-auth.OAuthClientId", "robot");
        main.addInitialProperty("camel.component.zendesk-auth.oauthClientSecret", client.secret());
        main.addInitialProperty("camel.component.zendesk-auth.OAuthSettingsLocation", "memory:" + UUID.randomUUID());
        main.addInitialProperty("camel.component.zendesk-auth.accessTokenLifetime", "10m");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("zendesk-auth:acme");
            }
        });
        main.start();
        try {
            Object header = main.getCamelTemplate()
                    .send("direct:in", exchange -> {})
                    .getMessage()
                    .getHeader("Authorization");

            assertThat(header).asString().startsWith("Bearer ");
            assertThat(zendesk.tokenRequests())
                    .singleElement()
                    .satisfies(seen -> assertThat(seen.parameter("expires_in")).isEqualTo("600"));
        } finally {
            main.stop();
        }
    }

    @Test
    void whatTheApplicationHasCamelMaskStaysMasked() throws Exception {
        assumeThatCamelMasksMore();
        Main main = new Main();
        main.addInitialProperty("camel.main.additionalSensitiveKeywords", "treasure");
        main.addInitialProperty("camel.component.zendesk-auth.url", "acme");
        main.start();
        try {
            main.getCamelContext().getComponent("zendesk-auth");

            assertThat(URISupport.sanitizeUri("x:y?treasure=gold")).doesNotContain("gold");
        } finally {
            main.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oauthSettingsLocation",
                "oauth-settings-location",
                "OAuthSettingsLocation",
                "connections.pg.oauthSettingsLocation",
                "connections[pg].oauth-settings-location"
            })
    void thePasswordOfADatabaseStandsNeitherInTheSummaryNorInTheTextOfTheConsole(String option, @TempDir Path directory)
            throws Exception {
        assumeThatCamelMasksMore();
        String property = "camel.component.zendesk-auth." + option;
        Main main = new Main();
        // Camel sums up what comes from a file, and not what a test sets.
        main.setPropertyPlaceholderLocations("file:"
                + Files.writeString(
                        directory.resolve("application.properties"),
                        property + "=jdbc:postgresql://db/crm?user=u&password=h1dden-jdbc\n"));
        main.configure().setDevConsoleEnabled(true);
        main.start();
        try {
            DevConsole console = main.getCamelContext()
                    .getCamelContextExtension()
                    .getContextPlugin(DevConsoleRegistry.class)
                    .resolveById("main-configuration");

            assertThat(Files.readString(TestLog.FILE))
                    .contains("ettingsLocation = xxxxxx")
                    .doesNotContain("h1dden-jdbc");
            assertThat((String) console.call(DevConsole.MediaType.TEXT))
                    .contains("ettingsLocation = xxxxxx")
                    .doesNotContain("h1dden-jdbc");
        } finally {
            main.stop();
        }
    }

    @Test
    void aConnectionIsABeanThatPropertiesMake(ZendeskServer zendesk) throws Exception {
        RegisteredClient client = zendesk.confidentialClient("robot");
        Main main = new Main();
        main.addInitialProperty("camel.beans.acme", "#class:" + ZendeskAuthConfiguration.class.getName());
        main.addInitialProperty("camel.beans.acme.url", zendesk.url());
        main.addInitialProperty("camel.beans.acme.authScheme", "OAuthClient");
        main.addInitialProperty("camel.beans.acme.oauthClientId", "robot");
        main.addInitialProperty("camel.beans.acme.oauthClientSecret", client.secret());
        main.addInitialProperty("camel.beans.acme.oauthSettingsLocation", "memory:" + UUID.randomUUID());

        assertThat(authorization(main)).startsWith("Bearer ");
    }

    @Test
    void secretsComeFromTheEnvironmentAndFromVaultsByPropertyFunctions(ZendeskServer zendesk) throws Exception {
        // A variable that this process really has.
        RegisteredClient client = zendesk.confidentialClient(System.getenv("PATH"));
        String connection = "camel.component.zendesk-auth.connections.acme.";
        Main main = new Main();
        main.addMainListener(new Vault(Map.of("zendesk/acme", client.secret())));
        main.addInitialProperty(connection + "url", zendesk.url());
        main.addInitialProperty(connection + "authScheme", "OAuthClient");
        main.addInitialProperty(connection + "oauthClientId", "{{env:PATH}}");
        main.addInitialProperty(connection + "oauthClientSecret", "{{vault:zendesk/acme}}");
        main.addInitialProperty(connection + "oauthSettingsLocation", "memory:" + UUID.randomUUID());

        assertThat(authorization(main)).startsWith("Bearer ");
    }

    /** Why the guide has variables named in properties. */
    @ParameterizedTest
    @ValueSource(strings = {"URL", "OAUTH_CLIENT_ID", "CONNECTIONS_ACME_URL", "CONNECTIONS[ACME]_URL"})
    void aVariableThatNamesThisComponentIsTakenForOneOfCamelsComponentForZendesk(String option) {
        for (String component : List.of("ZENDESK_AUTH_", "ZENDESKAUTH_")) {
            Properties bound = new Properties();
            new MainHelper()
                    .addComponentEnvVariables(
                            new HashMap<>(Map.of("CAMEL_COMPONENT_" + component + option, "x")), bound, false);

            assertThat(bound.stringPropertyNames()).singleElement().asString().startsWith("camel.component.zendesk.");
        }
    }

    @Test
    void aHandOverThatNamesAConnectionPutsNoSecretIntoTheSummary(@TempDir Path folder) throws Exception {
        assumeThatCamelMasksMore();
        String secret = "SECR3T-" + UUID.randomUUID();
        String connection = "camel.component.zendesk-auth.connections.acme.";
        List<String> properties =
                new ArrayList<>(List.of(connection + "url = acme", connection + "oauthAccessToken = " + secret));
        for (Class<?> handOver :
                List.of(ZendeskAuthPolicy.class, ZendeskHttpClientConfigurer.class, ZendeskClientFactory.class)) {
            String bean = "camel.beans.summary" + handOver.getSimpleName();
            properties.add(bean + " = #class:" + handOver.getName());
            properties.add(bean + ".endpoint = zendesk-auth:acme?onBehalfOf=jane@acme.com");
        }
        Main main = new Main();
        main.setPropertyPlaceholderLocations("file:" + Files.write(folder.resolve("of.properties"), properties));
        main.start();
        main.stop();

        assertThat(Files.readAllLines(TestLog.FILE))
                .filteredOn(line -> line.contains("camel.beans.summary") && line.contains(".endpoint"))
                .as("what Camel Main prints of them")
                .hasSize(3);
        assertThat(Files.readString(TestLog.FILE)).doesNotContain(secret);
    }

    private static String authorization(Main main) throws Exception {
        main.start();
        try {
            Exchange exchange = main.getCamelTemplate().send("zendesk-auth:acme", unchanged -> {});
            assertThat(exchange.getException()).isNull();
            return exchange.getMessage().getHeader("Authorization", String.class);
        } finally {
            main.stop();
        }
    }

    /** As Camel's own functions of AWS, Azure, GCP, HashiCorp and Kubernetes are to the component. */
    private static final class Vault extends MainListenerSupport implements PropertiesFunction {
        private final Map<String, String> secrets;

        Vault(Map<String, String> secrets) {
            this.secrets = secrets;
        }

        @Override
        public void beforeConfigure(BaseMainSupport main) {
            main.getCamelContext().getPropertiesComponent().addPropertiesFunction(this);
        }

        @Override
        public String getName() {
            return "vault";
        }

        @Override
        public String apply(String remainder) {
            return secrets.get(remainder);
        }
    }

    private static void assumeThatCamelMasksMore() {
        assumeThat(MainConfigurationProperties.class.getMethods())
                .as("Camel 4.14 masks its own list only")
                .anyMatch(method -> method.getName().equals("setAdditionalSensitiveKeywords"));
    }
}

package io.github.camelzendesk.auth.quarkus.deployment;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.builder.BuildChainBuilder;
import io.quarkus.deployment.builditem.GeneratedResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.devui.spi.JsonRPCProvidersBuildItem;
import io.quarkus.devui.spi.page.CardPageBuildItem;
import io.quarkus.test.QuarkusUnitTest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

/** An application with the extension and nothing else: what its build records, and that it runs. */
class ApplicationWithoutOptionalLibrariesTest {
    private static final String FRONT = "io.github.camelzendesk.auth.";

    /** What Camel Quarkus registers by itself, by type or as a service of Camel. */
    static final List<String> BY_CAMEL = List.of(
            FRONT + "ZendeskAuthComponent",
            FRONT + "ZendeskAuthEndpoint",
            FRONT + "ZendeskAuthComponentConfigurer",
            FRONT + "ZendeskAuthEndpointConfigurer",
            FRONT + "ZendeskAuthConfigurationConfigurer",
            FRONT + "ZendeskAuthConnectionConfigurer",
            FRONT + "ZendeskAuthEndpointUriFactory");

    // A property, because the build and the test have class loaders of their own.
    private static final String RECORDED = "zendesk-auth.recorded";

    private static final String DEV_UI = "zendesk-auth.dev-ui";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            // A busy machine may take longer than a route would wait.
            .overrideConfigKey("camel.component.zendesk-auth.join-timeout", "30s")
            .addBuildChainCustomizer(ApplicationWithoutOptionalLibrariesTest::record)
            .addBuildChainCustomizer(ApplicationWithoutOptionalLibrariesTest::recordDevUi);

    @Inject
    ProducerTemplate template;

    @Test
    void itAuthenticatesToTheStandIn() {
        String authorization = template.request("zendesk-auth:acme", exchange -> {})
                .getMessage()
                .getHeader("Authorization", String.class);

        assertThat(authorization).startsWith("Bearer ");
    }

    @Test
    void itsBuildRecordsWhatNeedsNoFurtherLibrary() {
        Set<String> recorded = Set.of(System.getProperty(RECORDED).split(","));

        assertThat(recorded)
                .containsAll(BY_CAMEL)
                .contains(FRONT + "ZendeskAuthPolicy", FRONT + "oauth.AuthorizationRequired")
                .doesNotContain(FRONT + "ZendeskHttpClientConfigurer", FRONT + "ZendeskClientFactory");
    }

    @Test
    void itHasNoCardInTheDevUi() {
        assertThat(System.getProperty(DEV_UI)).isEqualTo("0");
    }

    private static void record(BuildChainBuilder chain) {
        chain.addBuildStep(context -> {
                    Set<String> names = new TreeSet<>();
                    for (ReflectiveClassBuildItem item : context.consumeMulti(ReflectiveClassBuildItem.class)) {
                        names.addAll(item.getClassNames());
                    }
                    System.setProperty(RECORDED, String.join(",", names));
                })
                .consumes(ReflectiveClassBuildItem.class)
                // A step runs only if it could produce something that is asked for.
                .produces(GeneratedResourceBuildItem.class)
                .build();
    }

    private static void recordDevUi(BuildChainBuilder chain) {
        chain.addBuildStep(context -> {
                    int items = context.consumeMulti(CardPageBuildItem.class).size()
                            + context.consumeMulti(JsonRPCProvidersBuildItem.class)
                                    .size();
                    System.setProperty(DEV_UI, Integer.toString(items));
                })
                .consumes(CardPageBuildItem.class)
                .consumes(JsonRPCProvidersBuildItem.class)
                .produces(GeneratedResourceBuildItem.class)
                .build();
    }
}

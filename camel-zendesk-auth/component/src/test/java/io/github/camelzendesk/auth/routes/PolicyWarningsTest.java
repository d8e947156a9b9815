package io.github.camelzendesk.auth.routes;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.camel.builder.Builder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.seda.SedaComponent;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.ZendeskAuthPolicy;
import io.github.camelzendesk.auth.testkit.internal.TestLog;

import static org.assertj.core.api.Assertions.assertThat;

/** Steps within a policy's block that take the token elsewhere, which nobody can keep them from, are warned of. */
class PolicyWarningsTest {
    private static final String YAML =
            """
            - route:
                id: %1$s
                from:
                  uri: direct:%1$s
                  steps:
                    - policy:
                        ref: acme
                        steps:
                          - %2$s
            """;
    private static final String XML =
            """
            <routes xmlns="http://camel.apache.org/schema/xml-io">
              <route id="%1$s"><from uri="direct:%1$s"/><policy ref="acme">%2$s</policy></route>
            </routes>
            """;

    private static int routes;

    private CamelFixture camel;

    @BeforeEach
    void start() {
        camel = new CamelFixture();
        camel.context
                .getRegistry()
                .bind(
                        "acme",
                        new ZendeskAuthPolicy("zendesk-auth:acme?url=https://acme.zendesk.com&oauthAccessToken=t"));
        Stream.of("disruptor", "kafka", "vm", "jms")
                .forEach(scheme -> camel.context.addComponent(scheme, new SedaComponent()));
        camel.context.getRegistry().bind("beanOfARoute", camel.context.getEndpoint("direct:bean"));
        camel.context.getPropertiesComponent().addInitialProperty("next", "seda:configured");
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    static Stream<Arguments> warned() {
        return inEachLanguage(BlockStep.carrying());
    }

    static Stream<Arguments> notWarned() {
        return inEachLanguage(BlockStep.harmless());
    }

    private static Stream<Arguments> inEachLanguage(Map<String, BlockStep> steps) {
        return steps.entrySet().stream().flatMap(step -> Stream.of("java", "xml", "yaml")
                .filter(language -> CamelFixture.HAS_XML || !language.equals("xml"))
                .map(language -> Arguments.of(step.getKey(), language, step.getValue())));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("warned")
    void aStepThatTakesTheTokenElsewhereIsWarnedOfOnceByItsKind(String kind, String language, BlockStep step)
            throws Exception {
        String id = add(language, step);

        assertThat(warnings(id)).singleElement().asString().contains("with " + kind + ". ", "error handlers");
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("notWarned")
    void theUsualStepsAreNotWarnedOf(String kind, String language, BlockStep step) throws Exception {
        assertThat(warnings(add(language, step))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{next}}", "beanOfARoute", "ref:beanOfARoute", "seda:x?size=1"})
    void itIsFoundHoweverItIsAddressed(String uri) throws Exception {
        assertThat(warnings(add("yaml", BlockStep.to(uri))))
                .singleElement()
                .asString()
                .containsPattern("with (seda|direct):");
    }

    @Test
    void allKindsOfABlockAreInOneLineAndThoseWithinOthersToo() throws Exception {
        String id = add(
                "java",
                new BlockStep(
                        block -> block.filter(Builder.constant(true))
                                .loop(1)
                                .to("direct:x")
                                .to("direct:y")
                                .end()
                                .end()
                                .to("seda:x"),
                        null,
                        null));

        assertThat(warnings(id)).singleElement().asString().contains("with direct:, seda:. ");
    }

    private String add(String language, BlockStep step) throws Exception {
        String id = "elsewhere" + ++routes;
        if (language.equals("java")) {
            camel.context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    step.java().accept(from("direct:" + id).routeId(id).policy("acme"));
                }
            });
        } else {
            String text = language.equals("xml") ? XML.formatted(id, step.xml()) : YAML.formatted(id, step.yaml());
            Resource resource = ResourceHelper.fromString(id + "." + language, text);
            PluginHelper.getRoutesLoader(camel.context).loadRoutes(resource);
        }
        return id;
    }

    private static List<String> warnings(String route) {
        return TestLog.lines("WARN", route);
    }
}

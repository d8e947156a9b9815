package io.github.camelzendesk.auth.rewrite;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JavaRoutesTest {
    private static final String FILE = "src/main/java/Routes.java";
    private static final String BIND =
            "getContext().getRegistry().bind(\"acme\", new ZendeskHttpClientConfigurer(\"zendesk-auth:acme\"));";
    private static final String CALL = "https://acme.zendesk.com/x?authUsername=a@acme.com/token&authPassword=b";

    private static String after(String source) {
        SourceTree tree = SourceTree.of(FILE, source).after(new MigrateJavaRoutes(null, null));
        assertThat(tree.after(new MigrateJavaRoutes(null, null)))
                .as("a second run")
                .isEqualTo(tree);
        return tree.text(FILE);
    }

    /** Each in a file of its own, as a parser takes long to begin. */
    private static List<String> after(List<String> sources) {
        SourceTree tree = new SourceTree(Map.of());
        for (int i = 0; i < sources.size(); i++) {
            tree = tree.with(i + FILE, sources.get(i).replace("class Routes", "class Routes" + i));
        }
        SourceTree after = tree.after(new MigrateJavaRoutes(null, null));
        assertThat(after.after(new MigrateJavaRoutes(null, null)))
                .as("a second run")
                .isEqualTo(after);
        return IntStream.range(0, sources.size())
                .mapToObj(i -> after.text(i + FILE).replace("class Routes" + i, "class Routes"))
                .toList();
    }

    private static void leaves(Remedy remedy, String... steps) {
        List<String> routes = Stream.of(steps).map(JavaRoutesTest::route).toList();
        List<String> after = after(routes);

        assertThat(after).allSatisfy(text -> assertThat(text).contains(remedy.text()));
        assertThat(after)
                .extracting(text -> text.replaceAll("/\\* TODO .*? \\*/ ", ""))
                .isEqualTo(routes);
    }

    private static String route(String steps) {
        return """
                import org.apache.camel.builder.RouteBuilder;
                class Routes extends RouteBuilder {
                    String user;
                    public void configure() {
                        from("direct:a")%s;
                    }
                }
                """
                .formatted(steps);
    }

    @Test
    void anAnonymousRouteBuilderSetsItsOwnBeansUp() {
        String after = after(
                """
                import org.apache.camel.builder.RouteBuilder;
                class App {
                    RouteBuilder routes = new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("direct:a").to("%s");
                        }
                    };
                }
                """
                        .formatted(CALL));

        assertThat(after)
                .contains(BIND, "import io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer;")
                .doesNotContain("authPassword");
    }

    @Test
    void aStringInAMethodBesideConfigureChangesToo() {
        String after = after(
                """
                import org.apache.camel.builder.RouteBuilder;
                class Routes extends RouteBuilder {
                    public void configure() {
                        tickets();
                    }
                    private void tickets() {
                        from("direct:a").to("%s");
                    }
                }
                """
                        .formatted(CALL));

        assertThat(after).containsOnlyOnce(BIND).doesNotContain("authPassword");
    }

    @Test
    void aBeanThatIsBoundAlreadyIsBoundOnce() {
        String after = after(route(".to(\"" + CALL + "\")").replace("configure() {", "configure() {\n        " + BIND));

        assertThat(after).containsOnlyOnce(BIND);
    }

    @Test
    void whatIsPutTogetherAtRunTimeGetsACommentAlone() {
        leaves(
                Remedy.RUN_TIME,
                ".to(\"https://acme.zendesk.com/x?authUsername=\" + user + \"&authPassword=b\")",
                ".to(\"https://acme.zendesk.com/x?authPassword=b&q=\" + user)",
                ".to(String.format(\"https://acme.zendesk.com/%s?authUsername=a&authPassword=b\", user))",
                ".toF(\"https://acme.zendesk.com/%d?authUsername=a&authPassword=b\", 1)",
                ".process(e -> e.getMessage().setHeader(\"Authorization\", \"Basic \" + user)).to(\"https://acme.zendesk.com/x\")");
    }

    @Test
    void aHeaderThatOthersMayGetStays() {
        leaves(
                Remedy.HEADER,
                ".setHeader(\"Authorization\", constant(\"Basic eA==\")).to(\"https://acme.zendesk.com/x\").to(\"https://example.com\")",
                ".setHeader(\"Authorization\", constant(\"Basic eA==\")).to(\"https://acme.zendesk.com/x\").to(\"direct:b\")",
                ".setHeader(\"Authorization\", constant(\"Basic eA==\")).to(\"https://acme.zendesk.com/x\").recipientList(header(\"x\"))",
                ".setHeader(\"Authorization\", constant(\"Basic eA==\")).to(\"https://acme.zendesk.com/x\").to(\"https://globex.zendesk.com/x\")",
                ".setHeader(\"Authorization\", simple(\"Basic ${header.key}\")).to(\"https://acme.zendesk.com/x\")",
                ".filter(simple(\"x\")).setHeader(\"Authorization\", constant(\"Basic eA==\")).end().to(\"https://acme.zendesk.com/x\")",
                ".setHeader(\"Authorization\", constant(\"Basic eA==\")).to(\"https://acme.zendesk.com/x\").setHeader(\"Authorization\", constant(\"Basic eQ==\")).to(\"https://acme.zendesk.com/y\")",
                ".setHeader(\"Authorization\", constant(\"Basic eA==\")).setBody(constant(\".zendesk.com\"))");
    }

    @Test
    void aHeaderForOneAccountGoes() {
        List<String> routes = Stream.of(
                        ".setHeader(\"Authorization\", constant(\"Basic eA==\"))",
                        ".setHeader(\"authorization\", simple(\"basic {{zendesk.basic}}\"))",
                        ".setHeader(HttpHeaders.AUTHORIZATION, constant(\"Basic eA==\"))",
                        ".setHeader(\"Authorization\").constant(\"Basic eA==\")")
                .map(header -> route(header + ".to(\"https://acme.zendesk.com/x\").to(\"log:x\")"))
                .toList();

        assertThat(after(routes)).allSatisfy(text -> assertThat(text)
                .contains(
                        "from(\"direct:a\").to(\"https://acme.zendesk.com/x?httpClientConfigurer=#acme\").to(\"log:x\")")
                .contains(BIND));
    }

    @Test
    void aHeaderForSomethingElseStays() {
        String source = route(".setHeader(\"Authorization\", constant(\"Basic eA==\")).to(\"https://example.com/x\")");

        assertThat(after(source)).isEqualTo(source);
    }

    @Test
    void anAccountThatIsNotChosenGetsNoComment() {
        String source =
                route(".setHeader(\"Authorization\", constant(\"Basic eA==\")).to(\"https://globex.zendesk.com/x\")"
                        + ".to(\"https://globex.zendesk.com/x?authPassword=b\")");

        assertThat(SourceTree.of(FILE, source)
                        .after(new MigrateJavaRoutes("acme", null))
                        .text(FILE))
                .isEqualTo(source);
    }

    @Test
    void anEndpointOfZendeskAuthNeedsNoRouteBuilder() {
        String source = "class Routes { String uri = \"zendesk-auth:acme?url=acme&user=a&apiToken=b\"; }";

        assertThat(after(source)).isEqualTo("class Routes { String uri = \"zendesk-auth:acme\"; }");
    }

    @Test
    void oneLineCommentsAndEscapesSurvive() {
        assertThat(after(route("\n// \"why\"\n.setBody(constant(\"a\\\"b\\\\\\u00e4\")).to(\"" + CALL + "&x=\\\"\")")))
                .contains("// \"why\"", "a\\\"b\\\\\\u00e4", "httpClientConfigurer=#acme&x=\\\"");
    }
}

package io.github.camelzendesk.auth.rewrite;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class YamlRoutesTest {
    private static final String FILE = "src/main/resources/camel/routes.yaml";
    private static final String BEANS =
            """
            - beans:
                - name: acme
                  type: io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer
                  properties:
                    endpoint: zendesk-auth:acme
            """;

    private static String after(String source) {
        SourceTree tree = SourceTree.of(FILE, source).after(new MigrateYamlRoutes(null, null));
        assertThat(tree.after(new MigrateYamlRoutes(null, null)))
                .as("a second run")
                .isEqualTo(tree);
        return tree.text(FILE);
    }

    @Test
    void aBeanComesBeforeTheRoutesAndACommentStaysWithItsRoute() {
        assertThat(
                        after(
                                """
                # The licence.

                # Every minute.
                - from:
                    uri: timer:a
                    steps:
                      - to: https://acme.zendesk.com/x?authPassword={{p}}
                """))
                .isEqualTo(
                        "# The licence.\n\n" + BEANS
                                + """
                # Every minute.
                - from:
                    uri: timer:a
                    steps:
                      - to: https://acme.zendesk.com/x?httpClientConfigurer=#acme
                """);
    }

    @Test
    void aDocumentMarkerStaysFirst() {
        assertThat(
                        after(
                                """
                ---
                - from:
                    uri: https://acme.zendesk.com/x?authPassword={{p}}
                    steps:
                      - log: x
                """))
                .isEqualTo(
                        "---\n" + BEANS
                                + """
                - from:
                    uri: https://acme.zendesk.com/x?httpClientConfigurer=#acme
                    steps:
                      - log: x
                """);
    }

    @Test
    void credentialsInAUriAndInParametersGoTogether() {
        assertThat(
                        after(
                                """
                - from:
                    uri: timer:a
                    steps:
                      - to:
                          uri: https://acme.zendesk.com/x?authUsername=a@acme.com/token
                          parameters:
                            authPassword: "{{p}}"
                      - to:
                          uri: https://acme.zendesk.com/y
                          parameters:
                            authUsername: a
                            authPassword: "{{p}}"
                            httpMethod: GET
                """))
                .isEqualTo(
                        BEANS
                                + """
                - from:
                    uri: timer:a
                    steps:
                      - to:
                          uri: https://acme.zendesk.com/x?httpClientConfigurer=#acme
                      - to:
                          uri: https://acme.zendesk.com/y
                          parameters:
                            httpClientConfigurer: "#acme"
                            httpMethod: GET
                """);
    }

    @Test
    void anEndpointOfCamelZendeskGetsACommentAlone() {
        String source =
                """
                - from:
                    uri: zendesk:default/getTickets
                    parameters:
                      username: a
                      password: b
                      serverUrl: https://acme.zendesk.com
                    steps:
                      - log: x
                """;

        assertThat(after(source)).isEqualTo(source.replace("- from", "# " + Remedy.CLIENT.text() + "\n- from"));
    }

    @Test
    void aHeaderInABranchStays() {
        String source =
                """
                - route:
                    from:
                      uri: direct:a
                      steps:
                        - choice:
                            when:
                              - simple: ${body}
                                steps:
                                  - setHeader:
                                      name: Authorization
                                      constant: Basic eA==
                        - to: https://acme.zendesk.com/x
                """;

        assertThat(after(source)).contains("# " + Remedy.HEADER.text()).contains("constant: Basic eA==");
    }

    @Test
    void aNameThatAnotherBeanHasIsNotTakenFromIt() {
        String source =
                """
                - beans:
                    - name: acme
                      type: io.github.camelzendesk.auth.ZendeskAuthConfiguration
                - from:
                    uri: direct:a
                    steps:
                      - to: https://acme.zendesk.com/x?authPassword=b
                """;
        String header =
                """
                      - setHeader:
                          name: Authorization
                          constant: Basic eA==
                """;

        assertThat(after(source))
                .isEqualTo(source.replace("      - to", "      # " + Remedy.NAME.text() + "\n      - to"));
        assertThat(after(source.replace("      - to", header.stripTrailing() + "\n      - to")))
                .contains(header);
    }

    @Test
    void filesThatHoldNoRoutesStay() {
        String source =
                """
                - name: https://acme.zendesk.com/x?authPassword=b
                  value: https://acme.zendesk.com/x?authPassword=b
                """;

        assertThat(after(source)).isEqualTo(source);
    }
}

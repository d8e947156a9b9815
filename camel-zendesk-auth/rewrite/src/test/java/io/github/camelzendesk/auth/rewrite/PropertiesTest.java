package io.github.camelzendesk.auth.rewrite;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PropertiesTest {
    private static final String FILE = "app/src/main/resources/application.properties";
    private static final String YAML = "app/src/main/resources/application.yml";
    private static final String JAVA = "app/src/main/java/Routes.java";
    private static final String COMPONENT =
            """
            camel.component.zendesk.server-url=https://acme.zendesk.com
            camel.component.zendesk.username=a@acme.com
            camel.component.zendesk.password=b
            """;
    private static final String ROUTES =
            """
            import org.apache.camel.builder.RouteBuilder;
            class Routes extends RouteBuilder {
                public void configure() {
                    from("direct:a").to("zendesk:default/getUsers");
                }
            }
            """;

    private static SourceTree after(SourceTree before) {
        SourceTree tree = before.after(new MigrateProperties(null, null));
        assertThat(tree.after(new MigrateProperties(null, null)))
                .as("a second run")
                .isEqualTo(tree);
        return tree;
    }

    @Test
    void theComponentsCredentialsGoWhereEachEndpointCanDoWithoutThem() {
        assertThat(SourceTree.of(FILE, COMPONENT)
                        .with(JAVA, ROUTES)
                        .after(new MigrateProperties(null, null))
                        .text(FILE))
                .isEqualTo(
                        """
                        camel.component.zendesk-auth.connections.acme.url=acme
                        camel.component.zendesk-auth.connections.acme.authScheme=OAuthClient
                        camel.component.zendesk-auth.connections.acme.oauthClientId={{env:ZENDESK_OAUTH_CLIENT_ID}}
                        camel.component.zendesk-auth.connections.acme.oauthClientSecret={{env:ZENDESK_OAUTH_CLIENT_SECRET}}
                        """);
    }

    @Test
    void theComponentsCredentialsStayWhereARouteInYamlNeedsThem() {
        SourceTree tree = SourceTree.of(FILE, COMPONENT)
                .with(JAVA, ROUTES)
                .with("app/src/main/resources/a.yaml", "- from:\n    uri: zendesk:default/getTickets\n");

        assertThat(after(tree).text(FILE)).contains("password=b", "# " + Remedy.CLIENT.text());
        assertThat(tree.after(new MigrateJavaRoutes(null, null)).text(JAVA)).isEqualTo(ROUTES);
    }

    @Test
    void theComponentsCredentialsStayWhereRoutesOfAnotherModuleNeedThem() {
        SourceTree tree = SourceTree.of(FILE, COMPONENT).with("routes/src/main/java/Routes.java", ROUTES);

        assertThat(after(tree).text(FILE)).contains("password=b", "# " + Remedy.CLIENT.text());
        assertThat(tree.after(new MigrateJavaRoutes(null, null))).isEqualTo(tree);
    }

    @Test
    void connectionsOfALibraryAreConfiguredInTheOneApplication() {
        SourceTree tree = SourceTree.of(FILE, "a = b\n")
                .with(
                        "routes/src/main/java/Routes.java",
                        ROUTES.replace("zendesk:default/getUsers", "https://acme.zendesk.com/x?authPassword=b"));

        assertThat(after(tree).text(FILE)).contains("camel.component.zendesk-auth.connections.acme.url = acme\n");
    }

    @Test
    void credentialsMixedWithThoseOfOAuthStay() {
        assertThat(after(
                                SourceTree.of(
                                        FILE,
                                        """
                        camel.component.zendesk-auth.apiToken=a
                        camel.component.zendesk-auth.oauthClientId=b
                        """))
                        .text(FILE))
                .contains("apiToken=a", "oauthClientId=b", "# " + Remedy.CREDENTIALS.text());
    }

    @Test
    void onlyTheOptionsOfCredentialsChange() {
        assertThat(after(
                                SourceTree.of(
                                        FILE,
                                        """
                        camel.component.zendesk-auth.url = acme
                        # Why.
                        camel.component.zendesk-auth.apiToken = a
                        camel.component.zendesk-auth.scope = read
                        """))
                        .text(FILE))
                .isEqualTo(
                        """
                        camel.component.zendesk-auth.url = acme
                        # Why.
                        camel.component.zendesk-auth.authScheme = OAuthClient
                        camel.component.zendesk-auth.oauthClientId = {{env:ZENDESK_OAUTH_CLIENT_ID}}
                        camel.component.zendesk-auth.oauthClientSecret = {{env:ZENDESK_OAUTH_CLIENT_SECRET}}
                        camel.component.zendesk-auth.scope = read
                        """);
    }

    @Test
    void aUriInSpringsPropertiesGetsACommentAsNoBeanCanBeMadeThere() {
        String text = "a=https://acme.zendesk.com/x?authPassword=b\n";
        SourceTree tree = SourceTree.of(FILE, text).with("app/pom.xml", "<project><a>spring-boot</a></project>");

        assertThat(after(tree).text(FILE)).isEqualTo("# " + Remedy.PLACE.text() + "\n" + text);
    }

    @Test
    void dottedKeysOfAYamlFileChangeInPlace() {
        assertThat(after(
                                SourceTree.of(
                                        YAML,
                                        """
                        camel.component.zendesk-auth.connections.acme:
                          url: acme
                          password: b
                        ---
                        spring.config.activate.on-profile: test
                        """))
                        .text(YAML))
                .isEqualTo(
                        """
                        camel.component.zendesk-auth.connections.acme:
                          url: acme
                          auth-scheme: OAuthClient
                          oauth-client-id: ${ZENDESK_OAUTH_CLIENT_ID}
                          oauth-client-secret: ${ZENDESK_OAUTH_CLIENT_SECRET}
                        ---
                        spring.config.activate.on-profile: test
                        """);
    }

    @Test
    void aUriOfZendeskAuthChangesInEachKindOfFile() {
        String uri = "zendesk-auth:acme?url=acme&apiToken=b";

        assertThat(after(SourceTree.of(YAML, "a: " + uri + "\n")).text(YAML))
                .startsWith("a: zendesk-auth:acme\ncamel:\n")
                .contains("        acme:\n          url: acme\n");
        assertThat(after(SourceTree.of(FILE, "a=" + uri + "\n")).text(FILE))
                .startsWith("a=zendesk-auth:acme\n")
                .contains("connections.acme.url=acme\n");
    }

    @Test
    void aUriInAListOfAYamlFileGetsItsCommentBeforeTheItem() {
        String text =
                """
                tickets:
                  - uri: https://acme.zendesk.com/x?authPassword=b
                """;

        assertThat(after(SourceTree.of(YAML, text)).text(YAML))
                .isEqualTo(text.replace("  - uri", "  # " + Remedy.PLACE.text() + "\n  - uri"));
    }

    @Test
    void theComponentsCredentialsGoFromYamlToo() {
        assertThat(SourceTree.of(
                                YAML,
                                """
                        # Camel.
                        camel:
                          component:
                            zendesk:
                              server-url: https://acme.zendesk.com
                              username: a@acme.com
                              password: b
                        """)
                        .with(JAVA, ROUTES)
                        .after(new MigrateProperties(null, null))
                        .text(YAML))
                .isEqualTo(
                        """
                        # Camel.
                        camel:
                          component:
                            zendesk-auth:
                              connections:
                                acme:
                                  url: acme
                                  auth-scheme: OAuthClient
                                  oauth-client-id: ${ZENDESK_OAUTH_CLIENT_ID}
                                  oauth-client-secret: ${ZENDESK_OAUTH_CLIENT_SECRET}
                        """);
    }
}

package io.github.camelzendesk.auth.rewrite;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.openrewrite.Recipe;
import org.openrewrite.Validated;
import org.openrewrite.config.Environment;
import org.openrewrite.config.OptionDescriptor;
import org.openrewrite.config.RecipeDescriptor;

import static org.assertj.core.api.Assertions.assertThat;

class RecipesTest {
    private static final Environment ALL =
            Environment.builder().scanYamlResources().build();

    private static Recipe whole() {
        return ALL.activateRecipes("io.github.camelzendesk.auth.rewrite.MigrateToNamedConnections");
    }

    @Test
    void theWholeMigrationIsEachRecipeOnce() {
        assertThat(whole().getRecipeList())
                .extracting(Recipe::getClass)
                .extracting(Class::getSimpleName)
                .containsExactly(
                        "MigrateJavaRoutes",
                        "MigrateYamlRoutes",
                        "MigrateXmlRoutes",
                        "MigrateProperties",
                        "AddZendeskAuthDependency");
        assertThat(whole().validateAll()).allMatch(Validated::isValid);
    }

    @Test
    void namesAndDescriptionsAreWrittenAsOpenRewritesOwn() {
        List<RecipeDescriptor> recipes = whole().getDescriptor().getRecipeList();

        assertThat(recipes).hasSize(5).allSatisfy(recipe -> {
            assertThat(recipe.getDisplayName()).matches("[A-Z].*[^.]");
            assertThat(recipe.getDescription()).endsWith(".");
            assertThat(recipe.getOptions())
                    .extracting(OptionDescriptor::getName)
                    .contains("subdomain", "connection");
        });
    }

    @Test
    void theVersionThatIsAddedIsThisOne() {
        assertThat(whole().getRecipeList())
                .filteredOn(AddZendeskAuthDependency.class::isInstance)
                .extracting(recipe -> ((AddZendeskAuthDependency) recipe).getVersion())
                .containsExactly(System.getProperty("project.version"));
    }

    @Test
    void aConnectionWithoutItsSubdomainIsRefused() {
        assertThat(new MigrateJavaRoutes(null, "support").validate().isValid()).isFalse();
        assertThat(new MigrateJavaRoutes("acme", "a b").validate().isValid()).isFalse();
        assertThat(new MigrateJavaRoutes("acme", "support").validate().isValid())
                .isTrue();
    }

    @Test
    void theCommentOfARunWithoutOptionsGoesInARunWithThem() {
        SourceTree tree = SourceTree.of(
                        "src/main/java/Routes.java",
                        """
                        import org.apache.camel.builder.RouteBuilder;
                        class Routes extends RouteBuilder {
                            public void configure() {
                                from("direct:a").to("https://{{sub}}.zendesk.com/x?authPassword=b");
                            }
                        }
                        """)
                .with(
                        "src/main/resources/a.yaml",
                        """
                        - from:
                            uri: direct:b
                            steps:
                              - to: https://{{sub}}.zendesk.com/x?authPassword=b
                              - to:
                                  uri: https://{{sub}}.zendesk.com/x
                                  parameters:
                                    authPassword: b
                        """)
                .with(
                        "src/main/resources/a.xml",
                        """
                        <camel>
                          <route>
                            <from uri="direct:c"/>
                            <to uri="https://{{sub}}.zendesk.com/x?authPassword=b"/>
                          </route>
                        </camel>
                        """)
                .with(
                        "src/main/resources/application.properties",
                        """
                        a=https://{{sub}}.zendesk.com/x?authPassword=b
                        """);

        assertThat(tree.after(whole()).files().values())
                .allSatisfy(text -> assertThat(text).contains(Remedy.ACCOUNT.text()));
        assertThat(chosen(tree.after(whole()))).isEqualTo(chosen(tree));
        assertThat(chosen(tree).files().values())
                .allSatisfy(text -> assertThat(text).contains("#acme").doesNotContain(Remedy.MARK));
    }

    private static SourceTree chosen(SourceTree tree) {
        String subdomain = "{{sub}}";
        return tree.after(new MigrateJavaRoutes(subdomain, "acme"))
                .after(new MigrateYamlRoutes(subdomain, "acme"))
                .after(new MigrateXmlRoutes(subdomain, "acme"))
                .after(new MigrateProperties(subdomain, "acme"));
    }

    @Test
    void anArtifactThatIsThereIsNotAddedAgain() {
        SourceTree tree = SourceTree.of(
                        "pom.xml",
                        """
                        <project>
                          <dependencies>
                            <dependency>
                              <groupId>io.github.camelzendesk</groupId>
                              <artifactId>camel-zendesk-auth</artifactId>
                            </dependency>
                          </dependencies>
                        </project>
                        """)
                .with("src/main/resources/a.yaml", "- from:\n    uri: https://acme.zendesk.com/x?authPassword=b\n");

        assertThat(tree.after(new AddZendeskAuthDependency("1.0.0", null, null)))
                .isEqualTo(tree);
    }
}

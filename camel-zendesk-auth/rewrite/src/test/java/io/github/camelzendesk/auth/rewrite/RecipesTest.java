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

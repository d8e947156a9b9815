package io.github.camelzendesk.auth.rewrite;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.SourceFile;
import org.openrewrite.Tree;
import org.openrewrite.yaml.tree.Yaml;

/** Takes credentials out of routes of the YAML DSL. Immutable. */
public final class MigrateYamlRoutes extends ModulesRecipe {
    /**
     * @param subdomain of one account; null for all accounts
     * @param connection the name of its connection; null for the subdomain
     */
    @JsonCreator
    public MigrateYamlRoutes(
            @JsonProperty("subdomain") @Nullable String subdomain,
            @JsonProperty("connection") @Nullable String connection) {
        super(subdomain, connection);
    }

    @Override
    public String getDisplayName() {
        return "Take Zendesk credentials out of routes in YAML";
    }

    @Override
    public String getDescription() {
        return "Endpoints of camel-http and zendesk-auth with an API token or a password, and `Authorization: Basic` headers that only calls to Zendesk get, use a named connection instead. A bean in the same file hands its token over. A place that cannot be changed safely gets a comment with the remedy.";
    }

    @Override
    @Nullable Tree changed(SourceFile file, Module module, ExecutionContext ctx) {
        return file instanceof Yaml.Documents && !Modules.isConfiguration(file.getSourcePath())
                ? new YamlRoutesVisitor(migration(module)).visit(file, ctx)
                : file;
    }
}

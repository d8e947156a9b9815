package io.github.camelzendesk.auth.rewrite;

import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Option;
import org.openrewrite.SourceFile;
import org.openrewrite.Tree;
import org.openrewrite.java.tree.J;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Takes credentials out of routes of the Java DSL. Immutable. */
public final class MigrateJavaRoutes extends ModulesRecipe {
    @Option(displayName = SUBDOMAIN, description = SUBDOMAIN_HELP, example = "acme", required = false)
    private final @Nullable String subdomain;

    @Option(displayName = CONNECTION, description = CONNECTION_HELP, example = "support", required = false)
    private final @Nullable String connection;

    /**
     * @param subdomain of one account; null for all accounts
     * @param connection the name of its connection; null for the subdomain
     */
    @JsonCreator
    public MigrateJavaRoutes(
            @JsonProperty("subdomain") @Nullable String subdomain,
            @JsonProperty("connection") @Nullable String connection) {
        super(new Accounts(subdomain, connection));
        this.subdomain = subdomain;
        this.connection = connection;
    }

    public @Nullable String getSubdomain() {
        return subdomain;
    }

    public @Nullable String getConnection() {
        return connection;
    }

    @Override
    public String getDisplayName() {
        return "Take Zendesk credentials out of routes in Java";
    }

    @Override
    public String getDescription() {
        return "Endpoints of camel-http, camel-zendesk and zendesk-auth with an API token or a password, and `Authorization: Basic` headers that only calls to Zendesk get, use a named connection instead. `configure()` sets up what hands its token over. A place that cannot be changed safely gets a comment with the remedy.";
    }

    @Override
    @Nullable
    Tree changed(SourceFile file, Module module, ExecutionContext ctx) {
        if (!(file instanceof J.CompilationUnit)) {
            return file;
        }
        JavaRoutesVisitor routes = new JavaRoutesVisitor(migration(module));
        Tree changed = routes.visit(file, ctx);
        return routes.handOvers().isEmpty() ? changed : new JavaBindingsVisitor(routes.handOvers()).visit(changed, ctx);
    }
}

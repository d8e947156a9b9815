package io.github.camelzendesk.auth.rewrite;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Option;
import org.openrewrite.ScanningRecipe;
import org.openrewrite.SourceFile;
import org.openrewrite.Tree;
import org.openrewrite.TreeVisitor;
import org.openrewrite.Validated;

/** What the recipes share: their two options, and a scan of all modules before the first change. Immutable. */
abstract class ModulesRecipe extends ScanningRecipe<Modules> {
    @Option(
            displayName = "Subdomain",
            description = "Of one account; all others stay as they are. Where the subdomain is a placeholder in the"
                    + " sources, that placeholder. Default: all accounts whose subdomain is in the sources.",
            example = "acme",
            required = false)
    protected final @Nullable String subdomain;

    @Option(
            displayName = "Connection",
            description = "What the named connection of this subdomain is called. Default: as the subdomain.",
            example = "support",
            required = false)
    protected final @Nullable String connection;

    ModulesRecipe(@Nullable String subdomain, @Nullable String connection) {
        this.subdomain = subdomain;
        this.connection = connection;
    }

    public @Nullable String getSubdomain() {
        return subdomain;
    }

    public @Nullable String getConnection() {
        return connection;
    }

    @JsonIgnore
    Accounts accounts() {
        return new Accounts(subdomain, connection);
    }

    @Override
    public Validated<Object> validate() {
        return super.validate()
                .and(Validated.test(
                        "connection",
                        "is a name of letters, digits, dots, dashes and underscores, and needs the option subdomain",
                        connection,
                        name -> name == null || subdomain != null && name.matches("[A-Za-z0-9_.-]{1,63}")));
    }

    @Override
    public Modules getInitialValue(ExecutionContext ctx) {
        return new Modules();
    }

    @Override
    public TreeVisitor<?, ExecutionContext> getScanner(Modules modules) {
        return new ModulesScanner(modules, accounts());
    }

    @Override
    public TreeVisitor<?, ExecutionContext> getVisitor(Modules modules) {
        return new TreeVisitor<Tree, ExecutionContext>() {
            @Override
            public @Nullable Tree visit(@Nullable Tree tree, ExecutionContext ctx) {
                return tree instanceof SourceFile file
                        ? changed(file, modules.of(file.getSourcePath()), ctx)
                        : tree;
            }
        };
    }

    abstract @Nullable Tree changed(SourceFile file, Module module, ExecutionContext ctx);

    UriMigration migration(Module module) {
        return new UriMigration(accounts(), module.component().orElse(null));
    }
}

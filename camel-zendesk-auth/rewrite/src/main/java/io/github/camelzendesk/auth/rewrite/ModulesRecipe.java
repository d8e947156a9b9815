package io.github.camelzendesk.auth.rewrite;

import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.ScanningRecipe;
import org.openrewrite.SourceFile;
import org.openrewrite.Tree;
import org.openrewrite.TreeVisitor;
import org.openrewrite.Validated;

/** What the recipes share: their two options, which each declares for OpenRewrite to find, and a scan of all modules before the first change. Immutable. */
abstract class ModulesRecipe extends ScanningRecipe<Modules> {
    static final String SUBDOMAIN = "Subdomain";
    static final String SUBDOMAIN_HELP =
            "Of one account; all others stay as they are. Where it is a placeholder in the sources,"
                    + " that placeholder. By default all accounts whose subdomain is in the sources.";
    static final String CONNECTION = "Connection";
    static final String CONNECTION_HELP =
            "The name of the named connection to this subdomain. By default that of the subdomain.";

    final Accounts accounts;

    ModulesRecipe(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Validated<Object> validate() {
        return super.validate()
                .and(Validated.test(
                        "connection",
                        "is a name of letters, digits, dots, dashes and underscores, and needs the option subdomain",
                        accounts,
                        Accounts::isValid));
    }

    @Override
    public Modules getInitialValue(ExecutionContext ctx) {
        return new Modules();
    }

    @Override
    public TreeVisitor<?, ExecutionContext> getScanner(Modules modules) {
        return new ModulesScanner(modules, accounts);
    }

    @Override
    public TreeVisitor<?, ExecutionContext> getVisitor(Modules modules) {
        return new TreeVisitor<Tree, ExecutionContext>() {
            @Override
            public @Nullable Tree visit(@Nullable Tree tree, ExecutionContext ctx) {
                return tree instanceof SourceFile file ? changed(file, modules.of(file.getSourcePath()), ctx) : tree;
            }
        };
    }

    abstract @Nullable Tree changed(SourceFile file, Module module, ExecutionContext ctx);

    UriMigration migration(Module module) {
        return new UriMigration(accounts, module.component().orElse(null));
    }
}

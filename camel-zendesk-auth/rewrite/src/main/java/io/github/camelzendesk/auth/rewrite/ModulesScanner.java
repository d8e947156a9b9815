package io.github.camelzendesk.auth.rewrite;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.SourceFile;
import org.openrewrite.Tree;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.properties.tree.Properties;
import org.openrewrite.xml.tree.Xml;
import org.openrewrite.yaml.YamlVisitor;
import org.openrewrite.yaml.tree.Yaml;

/** Finds what each module needs: it tries the changes of each file, and keeps the connections. */
final class ModulesScanner extends TreeVisitor<Tree, ExecutionContext> {
    private static final Set<String> CREDENTIALS = Set.of("username", "password", "token");

    private final Modules modules;
    private final Accounts accounts;

    ModulesScanner(Modules modules, Accounts accounts) {
        this.modules = modules;
        this.accounts = accounts;
    }

    @Override
    public @Nullable Tree visit(@Nullable Tree tree, ExecutionContext ctx) {
        if (tree instanceof SourceFile file) {
            scan(file, modules.of(file.getSourcePath()), ctx);
        }
        return tree;
    }

    private void scan(SourceFile file, Module module, ExecutionContext ctx) {
        UriMigration migration = new UriMigration(accounts, ofComponent());
        if (file instanceof J.CompilationUnit) {
            scanJava(file, module, migration, ctx);
        } else if (Modules.isConfiguration(file.getSourcePath())) {
            scanConfiguration(file, module, ctx);
        } else if (file instanceof Yaml.Documents) {
            YamlRoutesVisitor routes = new YamlRoutesVisitor(migration);
            routes.visit(file, ctx);
            found(module, routes.connections(), routes.isClientLeft());
        } else if (file instanceof Xml.Document document) {
            scanXml(document, module, migration, ctx);
        }
    }

    private static void scanJava(SourceFile file, Module module, UriMigration migration, ExecutionContext ctx) {
        JavaRoutesVisitor routes = new JavaRoutesVisitor(migration);
        routes.visit(file, ctx);
        List<Connection> connections = routes.handOvers().values().stream()
                .flatMap(Collection::stream)
                .map(HandOver::connection)
                .toList();
        found(module, connections, routes.isClientLeft());
    }

    private static void found(Module module, Collection<Connection> connections, boolean isClientLeft) {
        connections.forEach(connection -> need(module, connection));
        left(module, isClientLeft);
    }

    /** Of an endpoint of camel-zendesk whose account the component's properties say. They may be read later. */
    private Connection ofComponent() {
        return new Connection("", accounts.subdomain());
    }

    private static void need(Module module, Connection connection) {
        if (connection.name().isEmpty()) {
            module.clientMoved();
        } else {
            module.need(connection);
        }
    }

    private static void left(Module module, boolean isClientLeft) {
        if (isClientLeft) {
            module.clientLeft();
        }
    }

    private static void scanXml(Xml.Document document, Module module, UriMigration migration, ExecutionContext ctx) {
        if (document.getSourcePath().endsWith("pom.xml")) {
            module.framework(Framework.ofPom(document.printAll()));
            return;
        }
        XmlRoutesVisitor routes = new XmlRoutesVisitor(migration);
        routes.visit(document, ctx);
        found(module, routes.connections(), routes.isClientLeft());
    }

    private void scanConfiguration(SourceFile file, Module module, ExecutionContext ctx) {
        Path path = file.getSourcePath();
        if (Modules.isMainConfiguration(path)) {
            module.configuration(path);
        }
        if (file instanceof Properties.File properties) {
            properties.getContent().stream()
                    .filter(Properties.Entry.class::isInstance)
                    .map(Properties.Entry.class::cast)
                    .forEach(entry -> entry(module, entry));
        } else {
            yaml(module).visit(file, ctx);
        }
    }

    private void entry(Module module, Properties.Entry entry) {
        option(module, entry.getKey(), entry.getValue().getText());
        uri(module, entry.getValue().getText(), true);
    }

    private YamlVisitor<ExecutionContext> yaml(Module module) {
        return new YamlVisitor<>() {
            @Override
            public Yaml visitMappingEntry(Yaml.Mapping.Entry entry, ExecutionContext ctx) {
                YamlEntries.text(entry).ifPresent(value -> {
                    option(module, YamlEntries.path(getCursor()), value);
                    uri(module, value, false);
                });
                return super.visitMappingEntry(entry, ctx);
            }
        };
    }

    private void option(Module module, String key, String value) {
        OptionKey.parse(key).ifPresent(option -> {
            if (option.isOwn()) {
                module.configures(option.connection());
            } else if (option.normalOption().equals("serverurl")) {
                accounts.of(value)
                        .connection()
                        .filter(connection -> !accounts.excludes(connection))
                        .ifPresent(module::component);
            } else if (CREDENTIALS.contains(option.normalOption())) {
                module.componentCredentials();
            }
        });
    }

    private void uri(Module module, String value, boolean takesBeans) {
        CamelUri uri = CamelUri.parse(value);
        left(module, uri.scheme().equals("zendesk"));
        if (!(new UriMigration(accounts, null).of(uri) instanceof Outcome.Moved moved)) {
            return;
        }
        Connection connection = moved.handOver().connection();
        if (moved.handOver() instanceof HandOver.None) {
            module.need(connection);
        } else if (moved.handOver() instanceof HandOver.Configurer && takesBeans) {
            module.needForProperty(connection);
        }
    }
}

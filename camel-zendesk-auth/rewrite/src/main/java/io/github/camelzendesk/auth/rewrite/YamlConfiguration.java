package io.github.camelzendesk.auth.rewrite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.openrewrite.ExecutionContext;
import org.openrewrite.yaml.MergeYaml;
import org.openrewrite.yaml.YamlVisitor;
import org.openrewrite.yaml.tree.Yaml;

/** Changes one {@code application.yml}. For one thread. */
final class YamlConfiguration {
    private final Accounts accounts;
    private final Module module;

    YamlConfiguration(Accounts accounts, Module module) {
        this.accounts = accounts;
        this.module = module;
    }

    /** Connections come before credentials go, as nothing can be added to what was emptied. */
    Yaml.Documents changed(Yaml.Documents file, ExecutionContext ctx) {
        Yaml.Documents changed = file;
        if (module.isForNewConnections(file.getSourcePath())) {
            Set<String> names = names(file, ctx);
            for (Connection connection : module.configuredConnections()) {
                changed = names.contains(connection.name()) ? changed : with(changed, connection, ctx);
            }
        }
        return (Yaml.Documents) new YamlConfigurationVisitor(accounts, module).visitNonNull(changed, ctx);
    }

    private static Set<String> names(Yaml.Documents file, ExecutionContext ctx) {
        Set<String> names = new HashSet<>();
        new YamlVisitor<ExecutionContext>() {
            @Override
            public Yaml visitMappingEntry(Yaml.Mapping.Entry entry, ExecutionContext ctx) {
                OptionKey.parse(YamlEntries.path(getCursor()))
                        .map(OptionKey::connection)
                        .ifPresent(names::add);
                return super.visitMappingEntry(entry, ctx);
            }
        }.visit(file, ctx);
        return names;
    }

    /** In the first document, which counts for all profiles. */
    private Yaml.Documents with(Yaml.Documents file, Connection connection, ExecutionContext ctx) {
        List<Yaml.Document> documents = new ArrayList<>(file.getDocuments());
        Yaml.Documents first = file.withDocuments(List.of(documents.get(0)));
        MergeYaml merge = new MergeYaml("$", text(connection), true, null, null, null, null, true);
        Yaml.Documents merged = (Yaml.Documents) merge.getVisitor().visitNonNull(first, ctx);
        documents.set(0, merged.getDocuments().get(0));
        return file.withDocuments(documents);
    }

    private String text(Connection connection) {
        StringBuilder text = new StringBuilder(
                """
                camel:
                  component:
                    zendesk-auth:
                      connections:
                        %s:
                """
                        .formatted(key(connection.name())));
        new Credentials(module, connection).all().forEach((option, value) -> text.append("          ")
                .append(module.framework().spelled(option))
                .append(": ")
                .append(value.contains("{{") ? '"' + value + '"' : value)
                .append('\n'));
        return text.toString();
    }

    /** Spring keeps letters, digits and dashes of a key; all else only in brackets. */
    private static String key(String name) {
        return name.matches("[a-z0-9-]+") ? name : "\"[" + name + "]\"";
    }
}

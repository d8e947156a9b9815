package io.github.camelzendesk.auth.rewrite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.openrewrite.ExecutionContext;
import org.openrewrite.yaml.YamlVisitor;
import org.openrewrite.yaml.tree.Yaml;

/** Changes one {@code application.yml}. For one thread. */
final class YamlConfiguration {
    private static final List<String> PATH = List.of("camel", "component", "zendesk-auth", "connections");

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
                changed = names.contains(connection.name()) ? changed : with(changed, connection);
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
    private Yaml.Documents with(Yaml.Documents file, Connection connection) {
        List<Yaml.Document> documents = new ArrayList<>(file.getDocuments());
        Yaml.Document first = documents.get(0);
        if (first.getBlock() instanceof Yaml.Mapping mapping) {
            List<String> path = Stream.concat(PATH.stream(), Stream.of(key(connection.name())))
                    .toList();
            documents.set(0, first.withBlock(with(mapping, path, connection)));
        }
        return file.withDocuments(documents);
    }

    /** At the end of the innermost mapping on the path that is there. */
    private Yaml.Mapping with(Yaml.Mapping mapping, List<String> path, Connection connection) {
        List<Yaml.Mapping.Entry> entries = new ArrayList<>(mapping.getEntries());
        for (Yaml.Mapping.Entry entry : mapping.getEntries()) {
            if (entry.getKey().getValue().equals(path.get(0)) && entry.getValue() instanceof Yaml.Mapping inner) {
                List<String> rest = path.subList(1, path.size());
                entries.set(entries.indexOf(entry), entry.withValue(with(inner, rest, connection)));
                return mapping.withEntries(entries);
            }
        }
        entries.add(entry(path, YamlEntries.indent(mapping), connection));
        return mapping.withEntries(entries);
    }

    private Yaml.Mapping.Entry entry(List<String> path, String indent, Connection connection) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < path.size(); i++) {
            text.append(indent).append("  ".repeat(i)).append(path.get(i)).append(":\n");
        }
        String step = indent + "  ".repeat(path.size());
        new Credentials(module, connection).all().forEach((option, value) -> text.append(step)
                .append(module.framework().spelled(option))
                .append(": ")
                .append(value.contains("{{") ? '"' + value + '"' : value)
                .append('\n'));
        Yaml.Document parsed = YamlEntries.parse(text.toString()).getDocuments().get(0);
        return ((Yaml.Mapping) parsed.getBlock()).getEntries().get(0).withPrefix("\n" + indent);
    }

    /** Spring keeps letters, digits and dashes of a key; all else only in brackets. */
    private static String key(String name) {
        return name.matches("[a-z0-9-]+") ? name : "\"[" + name + "]\"";
    }
}

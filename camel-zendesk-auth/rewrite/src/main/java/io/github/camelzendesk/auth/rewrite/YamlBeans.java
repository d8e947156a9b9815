package io.github.camelzendesk.auth.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.openrewrite.yaml.tree.Yaml;

/** The beans of a file of routes. Stateless. */
final class YamlBeans {
    private static final String TYPE = HandOver.Configurer.TYPE;
    private static final Set<String> ROUTES =
            Set.of("route", "from", "beans", "rest", "routeTemplate", "routeConfiguration");

    private YamlBeans() {}

    /** Whether a document is one of the YAML DSL: a list of routes and the like. */
    static boolean isRoutes(Yaml.Document document) {
        return document.getBlock() instanceof Yaml.Sequence sequence
                && items(sequence)
                        .anyMatch(item -> ROUTES.contains(item.getKey().getValue()));
    }

    private static Stream<Yaml.Mapping.Entry> items(Yaml.Sequence sequence) {
        return sequence.getEntries().stream().map(Yaml.Sequence.Entry::getBlock).flatMap(YamlEntries::entries);
    }

    /** With the configurers of these connections before the routes, where they are not there yet. */
    static Yaml.Document withConfigurers(Yaml.Document document, Set<Connection> connections) {
        if (!(document.getBlock() instanceof Yaml.Sequence sequence)) {
            return document;
        }
        List<Connection> missing = connections.stream()
                .filter(connection -> !names(sequence, TYPE::equals).contains(connection.name()))
                .toList();
        return missing.isEmpty() ? document : with(document, sequence, missing);
    }

    /** The names of beans that are something else. */
    static Set<String> otherNames(Yaml.Document document) {
        return document.getBlock() instanceof Yaml.Sequence sequence
                ? names(sequence, type -> !type.equals(TYPE))
                : Set.of();
    }

    private static Set<String> names(Yaml.Sequence sequence, Predicate<String> isWanted) {
        return items(sequence)
                .filter(item -> item.getKey().getValue().equals("beans"))
                .map(Yaml.Mapping.Entry::getValue)
                .filter(Yaml.Sequence.class::isInstance)
                .flatMap(beans -> ((Yaml.Sequence) beans).getEntries().stream())
                .map(Yaml.Sequence.Entry::getBlock)
                .filter(bean -> isWanted.test(type(bean)))
                .flatMap(bean -> YamlEntries.text(bean, "name").stream())
                .collect(Collectors.toSet());
    }

    private static String type(Yaml.Block bean) {
        return YamlEntries.text(bean, "type").orElse("").replaceFirst("^#class:", "");
    }

    /** A comment right before the first route is about that route, and one before an empty line about the file. */
    private static Yaml.Document with(Yaml.Document document, Yaml.Sequence sequence, List<Connection> connections) {
        List<Yaml.Sequence.Entry> entries = new ArrayList<>(sequence.getEntries());
        String prefix = document.isExplicit()
                ? entries.get(0).getPrefix()
                : document.getPrefix() + entries.get(0).getPrefix();
        int ofFile = prefix.contains("\n\n") ? prefix.lastIndexOf("\n\n") + 2 : 0;
        String ofRoute = prefix.substring(ofFile);
        entries.set(0, entries.get(0).withPrefix(ofRoute.startsWith("\n") ? ofRoute : "\n" + ofRoute));
        String indent = prefix.substring(prefix.lastIndexOf('\n') + 1);
        String line = document.isExplicit() && ofFile == 0 ? "\n" : prefix.substring(0, ofFile);
        entries.add(0, beans(connections).withPrefix(line + indent));
        return (document.isExplicit() ? document : document.withPrefix("")).withBlock(sequence.withEntries(entries));
    }

    private static Yaml.Sequence.Entry beans(List<Connection> connections) {
        StringBuilder text = new StringBuilder("- beans:\n");
        connections.forEach(connection -> text.append(bean(connection)));
        Yaml.Document document =
                YamlEntries.parse(text.toString()).getDocuments().get(0);
        return ((Yaml.Sequence) document.getBlock()).getEntries().get(0);
    }

    private static String bean(Connection connection) {
        return """
                    - name: %s
                      type: %s
                      properties:
                        endpoint: %s
                """
                .formatted(connection.name(), TYPE, connection.endpoint());
    }
}

package io.github.camelzendesk.auth.rewrite;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.Tree;
import org.openrewrite.marker.Markers;
import org.openrewrite.yaml.YamlParser;
import org.openrewrite.yaml.tree.Yaml;

/** Reads and makes parts of YAML files. Stateless. */
final class YamlEntries {
    private YamlEntries() {}

    static Optional<Yaml.Mapping.Entry> entry(Yaml.@Nullable Block block, String key) {
        return entries(block)
                .filter(entry -> entry.getKey().getValue().equals(key))
                .findFirst();
    }

    static Stream<Yaml.Mapping.Entry> entries(Yaml.@Nullable Block block) {
        return block instanceof Yaml.Mapping mapping ? mapping.getEntries().stream() : Stream.empty();
    }

    static Optional<String> text(Yaml.@Nullable Block block, String key) {
        return entry(block, key).flatMap(YamlEntries::text);
    }

    static Optional<String> text(Yaml.Mapping.Entry entry) {
        return entry.getValue() instanceof Yaml.Scalar scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    /** The keys from the root down to the entry at this cursor, joined by dots. */
    static String path(Cursor cursor) {
        StringBuilder path = new StringBuilder();
        cursor.getPathAsStream(Yaml.Mapping.Entry.class::isInstance)
                .map(entry -> ((Yaml.Mapping.Entry) entry).getKey().getValue())
                .forEach(key -> path.insert(0, path.isEmpty() ? key : key + (path.charAt(0) == '[' ? "" : ".")));
        return path.toString();
    }

    static Yaml.Scalar quoted(Yaml.Scalar like, String text) {
        return like.withStyle(Yaml.Scalar.Style.DOUBLE_QUOTED).withValue(text);
    }

    static Yaml.Scalar plain(String prefix, String text) {
        return new Yaml.Scalar(Tree.randomId(), prefix, Markers.EMPTY, Yaml.Scalar.Style.PLAIN, null, null, text);
    }

    /** Before each entry of a mapping; its first one may stand without white space. */
    static String indent(Yaml.Mapping mapping) {
        return mapping.getEntries().stream()
                .map(Yaml.Mapping.Entry::getPrefix)
                .filter(prefix -> prefix.contains("\n"))
                .map(prefix -> prefix.substring(prefix.lastIndexOf('\n') + 1))
                .findFirst()
                .orElse("");
    }

    static Yaml.Documents parse(String text) {
        return (Yaml.Documents)
                YamlParser.builder().build().parse(text).findFirst().orElseThrow();
    }

    /** The innermost entry around this cursor, or at it, that begins a line: what a comment can go before. */
    static Optional<UUID> line(Cursor cursor) {
        List<Yaml> entries = cursor.getPathAsStream(
                        tree -> tree instanceof Yaml.Mapping.Entry || tree instanceof Yaml.Sequence.Entry)
                .map(Yaml.class::cast)
                .toList();
        return entries.stream()
                .filter(entry -> entry.getPrefix().contains("\n"))
                .findFirst()
                .or(() -> entries.stream().reduce((inner, outer) -> outer))
                .map(Tree::getId);
    }

    /** The white space before the entry at this cursor, which begins a line, with a comment of ours on a line of its own, or without one. */
    static String commented(Cursor cursor, @Nullable Remedy remedy) {
        Yaml entry = cursor.getValue();
        String prefix = entry.getPrefix();
        if (remedy == null) {
            return prefix.replaceAll("# " + Remedy.MARK + "[^\n]*\n *", "");
        }
        boolean isFirst = !prefix.contains("\n");
        String before =
                isFirst ? cursor.firstEnclosingOrThrow(Yaml.Document.class).getPrefix() + prefix : prefix;
        String indent = prefix.substring(prefix.lastIndexOf('\n') + 1);
        return before.contains(Remedy.MARK) ? prefix : prefix + "# " + remedy.text() + "\n" + indent;
    }
}

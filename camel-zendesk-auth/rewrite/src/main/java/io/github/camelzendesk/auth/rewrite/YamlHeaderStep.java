package io.github.camelzendesk.auth.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.openrewrite.Cursor;
import org.openrewrite.yaml.YamlVisitor;
import org.openrewrite.yaml.tree.Yaml;

/** A step that sets an Authorization, and what follows it among the steps of the same list. Immutable. */
record YamlHeaderStep(Yaml.Sequence.Entry entry, List<Yaml.Sequence.Entry> others, int at, boolean isOfRoute) {
    private static final Set<String> LANGUAGES = Set.of("constant", "simple");

    static List<YamlHeaderStep> in(Yaml.Sequence sequence, Cursor cursor) {
        List<Yaml.Sequence.Entry> steps = sequence.getEntries();
        boolean isOfRoute = isOfRoute(cursor);
        return IntStream.range(0, steps.size())
                .filter(at -> header(steps.get(at)).isPresent())
                .mapToObj(at -> new YamlHeaderStep(steps.get(at), steps, at, isOfRoute))
                .toList();
    }

    /** The steps of a route itself, which all messages take. */
    private static boolean isOfRoute(Cursor cursor) {
        Cursor steps = cursor.getParentTreeCursor();
        return isEntry(steps, "steps") && isEntry(steps.getParentTreeCursor().getParentTreeCursor(), "from");
    }

    private static boolean isEntry(Cursor cursor, String key) {
        return cursor.getValue() instanceof Yaml.Mapping.Entry entry
                && entry.getKey().getValue().equals(key);
    }

    private static Optional<Yaml.Block> header(Yaml.Sequence.Entry step) {
        return YamlEntries.entry(step.getBlock(), "setHeader")
                .map(Yaml.Mapping.Entry::getValue)
                .filter(header -> YamlEntries.text(header, "name")
                        .filter(AuthorizationHeader::isName)
                        .isPresent());
    }

    private String value() {
        return header(entry).stream()
                .flatMap(header -> Stream.concat(
                        Stream.of(header),
                        YamlEntries.entry(header, "expression").map(Yaml.Mapping.Entry::getValue).stream()))
                .flatMap(YamlEntries::entries)
                .filter(language -> LANGUAGES.contains(language.getKey().getValue()))
                .flatMap(language ->
                        YamlEntries.text(language)
                                .or(() -> YamlEntries.text(language.getValue(), "expression"))
                                .stream())
                .findFirst()
                .orElse("");
    }

    boolean isBasic() {
        return AuthorizationHeader.isBasic(value());
    }

    boolean isFixed() {
        return isOfRoute
                && AuthorizationHeader.isFixed(value())
                && others.stream().filter(step -> header(step).isPresent()).count() == 1;
    }

    List<String> laterEndpoints() {
        Endpoints endpoints = endpoints();
        List<String> uris = new ArrayList<>(
                endpoints.calls.stream().map(Yaml.Scalar::getValue).toList());
        uris.addAll(endpoints.unknown);
        return uris;
    }

    List<UUID> laterCalls() {
        return endpoints().calls.stream()
                .filter(uri -> uri.getValue().startsWith("http"))
                .map(Yaml.Scalar::getId)
                .toList();
    }

    private Endpoints endpoints() {
        Endpoints endpoints = new Endpoints();
        others.subList(at + 1, others.size()).forEach(step -> endpoints.visit(step, 0));
        return endpoints;
    }

    /** The endpoints of steps, those in branches too. */
    private static final class Endpoints extends YamlVisitor<Integer> {
        private final List<Yaml.Scalar> calls = new ArrayList<>();
        private final List<String> unknown = new ArrayList<>();

        @Override
        public Yaml visitMappingEntry(Yaml.Mapping.Entry entry, Integer none) {
            if (AuthorizationHeader.STEPS.contains(entry.getKey().getValue())) {
                uri(entry).ifPresentOrElse(calls::add, () -> unknown.add(""));
            }
            return super.visitMappingEntry(entry, none);
        }

        private static Optional<Yaml.Scalar> uri(Yaml.Mapping.Entry step) {
            boolean isPlain = step.getKey().getValue().matches("toD?");
            Yaml.Block value = YamlEntries.entry(step.getValue(), "uri")
                    .map(Yaml.Mapping.Entry::getValue)
                    .orElse(step.getValue());
            return isPlain && value instanceof Yaml.Scalar scalar ? Optional.of(scalar) : Optional.empty();
        }
    }
}

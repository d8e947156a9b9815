package io.github.camelzendesk.auth.rewrite;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.yaml.YamlVisitor;
import org.openrewrite.yaml.tree.Yaml;

/** Changes the URIs in a file of routes, and takes Authorization headers out. For one file and one thread. */
final class YamlRoutesVisitor extends YamlVisitor<ExecutionContext> {
    private UriMigration migration;
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final Set<Connection> configured = new LinkedHashSet<>();
    private final Map<UUID, Remedy> remedies = new HashMap<>();
    private final Set<UUID> moved = new HashSet<>();
    private final Set<UUID> removed = new HashSet<>();
    private final Set<UUID> callsWithHeader = new HashSet<>();
    private boolean isClientLeft;

    YamlRoutesVisitor(UriMigration migration) {
        this.migration = migration;
    }

    /** Those whose configurer or endpoint this file uses. */
    Set<Connection> connections() {
        return connections;
    }

    boolean isClientLeft() {
        return isClientLeft;
    }

    @Override
    public Yaml visitDocument(Yaml.Document document, ExecutionContext ctx) {
        if (!YamlBeans.isRoutes(document)) {
            return document;
        }
        migration = migration.among(YamlBeans.otherNames(document));
        return YamlBeans.withConfigurers((Yaml.Document) super.visitDocument(document, ctx), configured);
    }

    @Override
    public Yaml visitSequence(Yaml.Sequence sequence, ExecutionContext ctx) {
        YamlHeaderStep.in(sequence, getCursor()).forEach(this::plan);
        Yaml.Sequence changed = (Yaml.Sequence) super.visitSequence(sequence, ctx);
        return changed.withEntries(changed.getEntries().stream()
                .filter(entry -> !removed.contains(entry.getId()))
                .toList());
    }

    private void plan(YamlHeaderStep step) {
        AuthorizationHeader.Fate fate = AuthorizationHeader.fate(step.laterEndpoints(), migration);
        if (fate == AuthorizationHeader.Fate.GOES && step.isFixed()) {
            removed.add(step.entry().getId());
            callsWithHeader.addAll(step.laterCalls());
        } else if (fate != AuthorizationHeader.Fate.KEPT && step.isBasic() && mentionsZendesk()) {
            remedies.put(step.entry().getId(), Remedy.HEADER);
        }
    }

    private boolean mentionsZendesk() {
        return getCursor()
                .firstEnclosingOrThrow(Yaml.Documents.class)
                .printAll()
                .contains(".zendesk.com");
    }

    @Override
    public Yaml visitSequenceEntry(Yaml.Sequence.Entry entry, ExecutionContext ctx) {
        Yaml.Sequence.Entry changed = (Yaml.Sequence.Entry) super.visitSequenceEntry(entry, ctx);
        return isSettled(entry) ? changed.withPrefix(YamlEntries.commented(getCursor(), remedy(entry))) : changed;
    }

    @Override
    public Yaml visitMappingEntry(Yaml.Mapping.Entry entry, ExecutionContext ctx) {
        Yaml.Mapping.Entry changed = (Yaml.Mapping.Entry) super.visitMappingEntry(entry, ctx);
        if (changed.getValue() instanceof Yaml.Scalar scalar && !isPartOfAnEndpoint(changed)) {
            changed = changed.withValue(migrated(scalar));
        }
        return isSettled(entry) ? changed.withPrefix(YamlEntries.commented(getCursor(), remedy(entry))) : changed;
    }

    private boolean isSettled(Yaml entry) {
        return moved.contains(entry.getId()) || remedies.containsKey(entry.getId());
    }

    private @Nullable Remedy remedy(Yaml entry) {
        return remedies.get(entry.getId());
    }

    private boolean isPartOfAnEndpoint(Yaml.Mapping.Entry entry) {
        return entry.getKey().getValue().equals("uri")
                || getCursor().getParentTreeCursor().getParentTreeCursor().getValue()
                                instanceof Yaml.Mapping.Entry outer
                        && outer.getKey().getValue().equals("parameters");
    }

    private Yaml.Scalar migrated(Yaml.Scalar scalar) {
        CamelUri uri = CamelUri.parse(scalar.getValue());
        return outcome(uri, scalar.getId())
                .map(moved -> scalar.withValue(moved.uri().text()))
                .orElse(scalar);
    }

    @Override
    public Yaml visitMapping(Yaml.Mapping mapping, ExecutionContext ctx) {
        Yaml.Mapping changed = (Yaml.Mapping) super.visitMapping(mapping, ctx);
        return YamlEndpoint.in(changed)
                .flatMap(endpoint ->
                        outcome(endpoint.whole(), endpoint.uri().getId()).map(moved -> endpoint.moved(changed, moved)))
                .orElse(changed);
    }

    /** What a place moves to, if it does. */
    private Optional<Outcome.Moved> outcome(CamelUri uri, UUID id) {
        Outcome outcome = callsWithHeader.contains(id) ? migration.ofCallWithHeader(uri) : migration.of(uri);
        isClientLeft |= uri.scheme().equals("zendesk");
        if (outcome instanceof Outcome.Left left) {
            leave(left.remedy());
        }
        return outcome instanceof Outcome.Moved moved ? taken(moved) : Optional.empty();
    }

    private Optional<Outcome.Moved> taken(Outcome.Moved moved) {
        if (moved.handOver() instanceof HandOver.Client) {
            leave(Remedy.CLIENT);
            return Optional.empty();
        }
        YamlEntries.line(getCursor()).ifPresent(this.moved::add);
        connections.add(moved.handOver().connection());
        if (moved.handOver() instanceof HandOver.Configurer configurer) {
            configured.add(configurer.connection());
        }
        return Optional.of(moved);
    }

    private void leave(Remedy remedy) {
        YamlEntries.line(getCursor()).ifPresent(entry -> remedies.put(entry, remedy));
    }
}

package io.github.camelzendesk.auth.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Tree;
import org.openrewrite.marker.Markers;
import org.openrewrite.xml.XmlVisitor;
import org.openrewrite.xml.tree.Content;
import org.openrewrite.xml.tree.Xml;

/** Changes the URIs in a file of XML routes, and takes Authorization headers out. For one file and one thread. */
final class XmlRoutesVisitor extends XmlVisitor<ExecutionContext> {
    private UriMigration migration;
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final Set<Connection> configured = new LinkedHashSet<>();
    private final Map<UUID, Remedy> remedies = new HashMap<>();
    private final Set<UUID> moved = new HashSet<>();
    private final Set<UUID> removed = new HashSet<>();
    private final Set<UUID> callsWithHeader = new HashSet<>();
    private boolean isClientLeft;
    private boolean takesBeans;

    XmlRoutesVisitor(UriMigration migration) {
        this.migration = migration;
    }

    Set<Connection> connections() {
        return connections;
    }

    boolean isClientLeft() {
        return isClientLeft;
    }

    @Override
    public Xml visitDocument(Xml.Document document, ExecutionContext ctx) {
        migration = migration.among(XmlBeans.otherNames(document.getRoot()));
        takesBeans = XmlBeans.canBeIn(document.getRoot());
        Xml.Document changed = (Xml.Document) super.visitDocument(document, ctx);
        return configured.isEmpty()
                ? changed
                : changed.withRoot(XmlBeans.withConfigurers(changed.getRoot(), configured));
    }

    @Override
    public Xml visitTag(Xml.Tag tag, ExecutionContext ctx) {
        XmlHeaderStep.in(tag).forEach(this::plan);
        Xml.Tag changed = (Xml.Tag) super.visitTag(tag, ctx);
        return withComments(withoutRemoved(withMigratedUri(changed)));
    }

    private void plan(XmlHeaderStep step) {
        AuthorizationHeader.Fate fate = AuthorizationHeader.fate(step.laterEndpoints(), migration);
        if (fate == AuthorizationHeader.Fate.GOES && step.isFixed() && takesBeans) {
            removed.add(step.tag().getId());
            callsWithHeader.addAll(step.laterCalls());
        } else if (fate != AuthorizationHeader.Fate.KEPT && step.isBasic() && mentionsZendesk()) {
            remedies.put(step.tag().getId(), Remedy.HEADER);
        }
    }

    private boolean mentionsZendesk() {
        return getCursor().firstEnclosingOrThrow(Xml.Document.class).printAll().contains(".zendesk.com");
    }

    private Xml.Tag withMigratedUri(Xml.Tag tag) {
        return tag.withAttributes(tag.getAttributes().stream()
                .map(attribute -> attribute.getKeyAsString().equals("uri") ? migrated(attribute, tag) : attribute)
                .toList());
    }

    private Xml.Attribute migrated(Xml.Attribute attribute, Xml.Tag tag) {
        CamelUri uri = CamelUri.parse(attribute.getValueAsString().replace("&amp;", "&"));
        return outcome(uri, tag)
                .map(moved -> attribute.withValue(
                        attribute.getValue().withValue(moved.uri().text().replace("&", "&amp;"))))
                .orElse(attribute);
    }

    private Optional<Outcome.Moved> outcome(CamelUri uri, Xml.Tag tag) {
        Outcome outcome = callsWithHeader.contains(tag.getId()) ? migration.ofCallWithHeader(uri) : migration.of(uri);
        isClientLeft |= uri.scheme().equals("zendesk");
        if (outcome instanceof Outcome.Left left) {
            remedies.put(tag.getId(), left.remedy());
        }
        return outcome instanceof Outcome.Moved moved ? taken(moved, tag) : Optional.empty();
    }

    private Optional<Outcome.Moved> taken(Outcome.Moved moved, Xml.Tag tag) {
        boolean isClient = moved.handOver() instanceof HandOver.Client;
        boolean isConfigurer = moved.handOver() instanceof HandOver.Configurer;
        if (isClient || isConfigurer && !takesBeans) {
            remedies.put(tag.getId(), isClient ? Remedy.CLIENT : Remedy.PLACE);
            return Optional.empty();
        }
        this.moved.add(tag.getId());
        connections.add(moved.handOver().connection());
        if (isConfigurer) {
            configured.add(moved.handOver().connection());
        }
        return Optional.of(moved);
    }

    private Xml.Tag withoutRemoved(Xml.Tag tag) {
        return tag.getContent() == null || removed.isEmpty()
                ? tag
                : tag.withContent(tag.getContent().stream()
                        .filter(child -> !removed.contains(child.getId()))
                        .toList());
    }

    /** Each before the tag that it is about. */
    private Xml.Tag withComments(Xml.Tag tag) {
        if (tag.getContent() == null || tag.getContent().stream().noneMatch(this::isSettled)) {
            return tag;
        }
        List<Content> content = new ArrayList<>();
        for (Content child : tag.getContent()) {
            boolean isCommented = last(content) instanceof Xml.Comment before && isOurs(before);
            if (isCommented && moved.contains(child.getId())) {
                content.remove(content.size() - 1);
            } else if (!isCommented && remedies.containsKey(child.getId())) {
                content.add(comment(child));
            }
            content.add(child);
        }
        return tag.withContent(content);
    }

    private boolean isSettled(Content content) {
        return moved.contains(content.getId()) || remedies.containsKey(content.getId());
    }

    private static @Nullable Content last(List<Content> content) {
        return content.isEmpty() ? null : content.get(content.size() - 1);
    }

    private static boolean isOurs(Xml.Comment comment) {
        return comment.getText().contains(Remedy.MARK);
    }

    private Xml.Comment comment(Content child) {
        Remedy remedy = remedies.getOrDefault(child.getId(), Remedy.PLACE);
        return new Xml.Comment(Tree.randomId(), child.getPrefix(), Markers.EMPTY, " " + remedy.text() + " ");
    }
}

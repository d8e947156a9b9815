package io.github.camelzendesk.auth.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.openrewrite.ExecutionContext;
import org.openrewrite.java.JavaVisitor;
import org.openrewrite.java.tree.Comment;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.TextComment;
import org.openrewrite.marker.Markers;

/** Changes the URIs in the strings of one Java file, and takes Authorization headers out. For one file and one thread. */
final class JavaRoutesVisitor extends JavaVisitor<ExecutionContext> {
    private final UriMigration migration;
    private final Map<UUID, Set<HandOver>> handOvers = new HashMap<>();
    private final Map<UUID, Remedy> remedies = new HashMap<>();
    private final Set<UUID> removed = new HashSet<>();
    private final Set<UUID> callsWithHeader = new HashSet<>();
    private boolean isClientLeft;

    JavaRoutesVisitor(UriMigration migration) {
        this.migration = migration;
    }

    /** What each route builder must set up, by the id of its body, and what needs nothing, by the id of the file. */
    Map<UUID, Set<HandOver>> handOvers() {
        return handOvers;
    }

    /** Whether an endpoint of camel-zendesk stays that takes its credentials from its component. */
    boolean isClientLeft() {
        return isClientLeft;
    }

    @Override
    public J visitMethodInvocation(J.MethodInvocation method, ExecutionContext ctx) {
        if (isEndOfChain(method)) {
            JavaHeaderStep.in(method).forEach(this::plan);
        }
        J visited = super.visitMethodInvocation(method, ctx);
        if (!removed.contains(method.getId()) || !(visited instanceof J.MethodInvocation call)) {
            return visited;
        }
        Expression select = call.getSelect();
        return select == null ? visited : select.withPrefix(call.getPrefix());
    }

    private boolean isEndOfChain(J.MethodInvocation method) {
        return !(getCursor().getParentTreeCursor().getValue() instanceof J.MethodInvocation next
                && next.getSelect() != null
                && next.getSelect().getId().equals(method.getId()));
    }

    private void plan(JavaHeaderStep step) {
        AuthorizationHeader.Fate fate = AuthorizationHeader.fate(step.laterEndpoints(), migration);
        if (fate == AuthorizationHeader.Fate.GOES
                && step.isFixed()
                && routeBuilder().isPresent()) {
            removed.addAll(step.calls());
            callsWithHeader.addAll(step.laterLiterals());
        } else if (fate != AuthorizationHeader.Fate.KEPT && step.isBasic() && mentionsZendesk()) {
            remedies.put(step.nameId(), step.isKnown() ? Remedy.HEADER : Remedy.RUN_TIME);
        }
    }

    private boolean mentionsZendesk() {
        return getCursor()
                .firstEnclosingOrThrow(J.CompilationUnit.class)
                .printAll()
                .contains(".zendesk.com");
    }

    @Override
    public J visitBinary(J.Binary binary, ExecutionContext ctx) {
        if (isInConcatenation() || binary.getOperator() != J.Binary.Type.Addition) {
            return super.visitBinary(binary, ctx);
        }
        JavaStrings text = JavaStrings.of(binary);
        return migrated(binary, text).<J>map(changed -> changed).orElseGet(() -> super.visitBinary(binary, ctx));
    }

    @Override
    public J visitLiteral(J.Literal literal, ExecutionContext ctx) {
        Remedy remedy = remedies.get(literal.getId());
        if (remedy != null) {
            return commented(literal, remedy);
        }
        return isInConcatenation()
                ? literal
                : migrated(literal, JavaStrings.of(literal)).orElse(literal);
    }

    @Override
    public J visitFieldAccess(J.FieldAccess access, ExecutionContext ctx) {
        Remedy remedy = remedies.get(access.getId());
        return remedy == null ? super.visitFieldAccess(access, ctx) : commented(access, remedy);
    }

    private boolean isInConcatenation() {
        return getCursor().getParentTreeCursor().getValue() instanceof J.Binary outer
                && outer.getOperator() == J.Binary.Type.Addition;
    }

    private Optional<Expression> migrated(Expression place, JavaStrings text) {
        CamelUri uri = CamelUri.parse(text.known());
        Outcome outcome = callsWithHeader.contains(place.getId()) ? migration.ofCallWithHeader(uri) : migration.of(uri);
        isClientLeft |= uri.scheme().equals("zendesk") && !(outcome instanceof Outcome.Moved);
        if (outcome instanceof Outcome.Left left) {
            return Optional.of(commented(place, left.remedy()));
        }
        return outcome instanceof Outcome.Moved moved ? Optional.of(moved(place, text, moved)) : Optional.empty();
    }

    private Expression moved(Expression place, JavaStrings text, Outcome.Moved moved) {
        Optional<UUID> owner = owner(moved.handOver());
        if (!text.isWhole() || owner.isEmpty()) {
            isClientLeft |= moved.handOver() instanceof HandOver.Client;
            return commented(place, text.isWhole() ? Remedy.PLACE : Remedy.RUN_TIME);
        }
        handOvers.computeIfAbsent(owner.get(), id -> new LinkedHashSet<>()).add(moved.handOver());
        return text.literal(withoutComment(place), moved.uri().text());
    }

    /** Of a run before, with other options. */
    private static Expression withoutComment(Expression place) {
        Space prefix = place.getPrefix();
        List<Comment> others = prefix.getComments().stream()
                .filter(comment -> !isOurs(comment))
                .toList();
        return others.size() == prefix.getComments().size() ? place : place.withPrefix(prefix.withComments(others));
    }

    /** What must set the hand-over up; the file, where there is nothing to set up. */
    private Optional<UUID> owner(HandOver handOver) {
        return handOver instanceof HandOver.None
                ? Optional.of(getCursor()
                        .firstEnclosingOrThrow(J.CompilationUnit.class)
                        .getId())
                : routeBuilder();
    }

    /** The innermost route builder around this place that has a method {@code configure()}: a bean that is bound there is there in time. */
    private Optional<UUID> routeBuilder() {
        for (Iterator<Object> path = getCursor().getPath(); path.hasNext(); ) {
            J.Block body = JavaRouteBuilders.body(path.next());
            if (body != null) {
                return Optional.of(body.getId());
            }
        }
        return Optional.empty();
    }

    private static <T extends Expression> T commented(T place, Remedy remedy) {
        Space prefix = place.getPrefix();
        if (prefix.getComments().stream().anyMatch(JavaRoutesVisitor::isOurs)) {
            return place;
        }
        List<Comment> comments = new ArrayList<>(prefix.getComments());
        comments.add(new TextComment(true, " " + remedy.text() + " ", " ", Markers.EMPTY));
        return place.withPrefix(prefix.withComments(comments));
    }

    private static boolean isOurs(Comment comment) {
        return comment instanceof TextComment text && text.getText().contains(Remedy.MARK);
    }
}

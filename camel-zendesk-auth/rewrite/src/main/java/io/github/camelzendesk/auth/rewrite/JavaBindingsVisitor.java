package io.github.camelzendesk.auth.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.openrewrite.ExecutionContext;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.Statement;

/** Sets up, at the beginning of {@code configure()}, what hands tokens over to the endpoints of a route builder. For one file. */
final class JavaBindingsVisitor extends JavaIsoVisitor<ExecutionContext> {
    private final Map<UUID, Set<HandOver>> handOvers;

    JavaBindingsVisitor(Map<UUID, Set<HandOver>> handOvers) {
        this.handOvers = handOvers;
    }

    @Override
    public J.MethodDeclaration visitMethodDeclaration(J.MethodDeclaration method, ExecutionContext ctx) {
        J.MethodDeclaration visited = super.visitMethodDeclaration(method, ctx);
        J.Block body = visited.getBody();
        if (body == null
                || !JavaRouteBuilders.isConfigure(method)
                || !(getCursor().getParentTreeCursor().getValue() instanceof J.Block type)) {
            return visited;
        }
        String text = visited.print(getCursor().getParentOrThrow());
        List<JavaBinding> missing = handOvers.getOrDefault(type.getId(), Set.of()).stream()
                .map(JavaBinding::of)
                .filter(binding -> !text.contains(binding.lastStatement()))
                .toList();
        missing.stream().flatMap(binding -> binding.imports().stream()).forEach(this::doImport);
        return missing.isEmpty() ? visited : visited.withBody(with(body, missing));
    }

    private void doImport(String type) {
        maybeAddImport(type, null, false);
    }

    /** Before what is there, with an empty line between them. */
    private static J.Block with(J.Block body, List<JavaBinding> bindings) {
        List<Statement> before = body.getStatements();
        String prefix = before.isEmpty() ? "" : before.get(0).getPrefix().getWhitespace();
        Space line = Space.format("\n" + prefix.substring(prefix.lastIndexOf('\n') + 1));
        List<Statement> statements = new ArrayList<>();
        JavaBinding.statements(bindings).forEach(statement -> statements.add(statement.withPrefix(line)));
        for (Statement statement : before) {
            boolean isFirst = statement == before.get(0);
            statements.add(isFirst ? statement.withPrefix(apart(statement.getPrefix())) : statement);
        }
        return body.withStatements(statements);
    }

    private static Space apart(Space prefix) {
        return prefix.withWhitespace("\n\n" + prefix.getWhitespace().replaceFirst("^\\n+", ""));
    }
}

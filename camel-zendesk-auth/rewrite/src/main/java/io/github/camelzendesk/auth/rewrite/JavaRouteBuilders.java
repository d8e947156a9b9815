package io.github.camelzendesk.auth.rewrite;

import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.TypeTree;
import org.openrewrite.java.tree.TypeUtils;

/** What is a route builder of the Java DSL. Stateless. */
final class JavaRouteBuilders {
    private static final String TYPE = "org.apache.camel.builder.RouteBuilder";

    private JavaRouteBuilders() {}

    /** The body of a class or an anonymous class that is a route builder. */
    static J.@Nullable Block body(Object tree) {
        if (tree instanceof J.ClassDeclaration type) {
            return of(type.getExtends(), type.getBody());
        }
        return tree instanceof J.NewClass anonymous ? of(anonymous.getClazz(), anonymous.getBody()) : null;
    }

    private static J.@Nullable Block of(@Nullable TypeTree parent, J.@Nullable Block body) {
        return parent != null && body != null && isRouteBuilder(parent) && hasConfigure(body) ? body : null;
    }

    /** By its name where the class path is not complete. */
    private static boolean isRouteBuilder(TypeTree parent) {
        return TypeUtils.isAssignableTo(TYPE, parent.getType())
                || parent.toString().endsWith("RouteBuilder");
    }

    private static boolean hasConfigure(J.Block body) {
        return body.getStatements().stream()
                .anyMatch(statement -> statement instanceof J.MethodDeclaration method && isConfigure(method));
    }

    static boolean isConfigure(J.MethodDeclaration method) {
        return method.getSimpleName().equals("configure")
                && method.getBody() != null
                && method.getParameters().stream().allMatch(J.Empty.class::isInstance);
    }
}

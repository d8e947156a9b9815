package io.github.camelzendesk.auth.rewrite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;

/** A call {@code setHeader("Authorization", ...)}, alone or in a route, and what follows it there. Immutable. */
record JavaHeaderStep(J.MethodInvocation call, List<J.MethodInvocation> before, List<J.MethodInvocation> after) {
    private static final Set<String> BLOCKS = Set.of(
            "choice", "when", "otherwise", "filter", "split", "loop", "multicast", "doTry", "doCatch", "doFinally");
    private static final Set<String> LANGUAGES = Set.of("constant", "simple");

    /** The step that this invocation is, if it is one, with the calls after it. */
    static Optional<JavaHeaderStep> in(J.MethodInvocation outermost, J.MethodInvocation call) {
        List<J.MethodInvocation> chain = chain(outermost);
        int at = chain.indexOf(call);
        return isAuthorization(call)
                ? Optional.of(new JavaHeaderStep(call, chain.subList(0, at), chain.subList(at + 1, chain.size())))
                : Optional.empty();
    }

    /** All steps of the chain that ends with this invocation. */
    static List<JavaHeaderStep> in(J.MethodInvocation outermost) {
        return chain(outermost).stream()
                .flatMap(call -> in(outermost, call).stream())
                .toList();
    }

    private static List<J.MethodInvocation> chain(J.MethodInvocation outermost) {
        List<J.MethodInvocation> chain = new ArrayList<>();
        for (Expression call = outermost;
                call instanceof J.MethodInvocation invocation;
                call = invocation.getSelect()) {
            chain.add(invocation);
        }
        Collections.reverse(chain);
        return chain;
    }

    private static boolean isAuthorization(J.MethodInvocation call) {
        return call.getSimpleName().equals("setHeader")
                && isName(call.getArguments().get(0));
    }

    private static boolean isName(Expression argument) {
        if (argument instanceof J.Literal literal) {
            return literal.getValue() instanceof String text && AuthorizationHeader.isName(text);
        }
        return argument instanceof J.FieldAccess access && AuthorizationHeader.isName(access.getSimpleName());
    }

    UUID nameId() {
        return call.getArguments().get(0).getId();
    }

    /** Of the same value for all messages, whatever branch they take. */
    boolean isFixed() {
        return value().isWhole() && AuthorizationHeader.isFixed(value().known()) && !isInABlock() && isTheOnlyOne();
    }

    boolean isKnown() {
        return value().isWhole();
    }

    boolean isBasic() {
        return AuthorizationHeader.isBasic(value().known());
    }

    private boolean isInABlock() {
        return before.stream().map(J.MethodInvocation::getSimpleName).anyMatch(BLOCKS::contains);
    }

    private boolean isTheOnlyOne() {
        return before.stream().noneMatch(JavaHeaderStep::isAuthorization)
                && after.stream().noneMatch(JavaHeaderStep::isAuthorization);
    }

    private JavaStrings value() {
        Expression value = call.getArguments().size() > 1 ? call.getArguments().get(1) : expressionClause();
        if (value instanceof J.MethodInvocation language
                && LANGUAGES.contains(language.getSimpleName())
                && language.getArguments().size() == 1) {
            return JavaStrings.of(language.getArguments().get(0));
        }
        return value == null ? JavaStrings.UNKNOWN : JavaStrings.of(value);
    }

    /** In {@code setHeader("Authorization").constant("...")}. */
    private @Nullable Expression expressionClause() {
        return after.isEmpty() ? null : after.get(0);
    }

    /** The calls that go with the step. */
    List<UUID> calls() {
        return call.getArguments().size() > 1
                ? List.of(call.getId())
                : List.of(call.getId(), after.get(0).getId());
    }

    /** An empty one where a step goes to what is not known. */
    List<String> laterEndpoints() {
        return laterSteps().stream().map(JavaHeaderStep::endpoint).toList();
    }

    private static String endpoint(J.MethodInvocation step) {
        boolean isPlain =
                step.getSimpleName().startsWith("to") && step.getArguments().size() == 1;
        JavaStrings text = JavaStrings.of(step.getArguments().get(0));
        return isPlain && text.isWhole() ? text.known() : "";
    }

    List<UUID> laterLiterals() {
        return laterSteps().stream()
                .filter(step -> endpoint(step).startsWith("http"))
                .map(step -> step.getArguments().get(0).getId())
                .toList();
    }

    private List<J.MethodInvocation> laterSteps() {
        return after.stream()
                .filter(step -> AuthorizationHeader.STEPS.contains(step.getSimpleName()))
                .toList();
    }
}

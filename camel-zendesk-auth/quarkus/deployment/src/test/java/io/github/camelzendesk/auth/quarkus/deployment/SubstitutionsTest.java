package io.github.camelzendesk.auth.quarkus.deployment;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

import io.github.camelzendesk.auth.ZendeskAuthPolicy;
import io.github.camelzendesk.auth.quarkus.ZendeskConnection;

import static org.assertj.core.api.Assertions.assertThat;

/** GraalVM takes a substitution only if its target has a method of that name and signature, and says so at build time. */
class SubstitutionsTest {
    private static final String TARGET_CLASS = "Lcom/oracle/svm/core/annotate/TargetClass;";
    private static final String SUBSTITUTE = "Lcom/oracle/svm/core/annotate/Substitute;";
    private static final String FRONT = "io.github.camelzendesk.auth.";

    @Test
    void eachFitsAMethodOfTheComponent() throws Exception {
        ByteCode component = ByteCode.beside(ZendeskAuthPolicy.class);
        Set<String> fitting = new TreeSet<>();
        for (ClassNode substitution :
                ByteCode.beside(ZendeskConnection.class).classes().values()) {
            String target = target(substitution);
            for (MethodNode method : substitution.methods) {
                if (annotation(method.visibleAnnotations, SUBSTITUTE) != null) {
                    assertThat(component.classes().get(target).methods)
                            .as("%s.%s%s", target, method.name, method.desc)
                            .anyMatch(other -> other.name.equals(method.name) && other.desc.equals(resolved(method)));
                    fitting.add(target.replace(FRONT, "") + "." + method.name);
                }
            }
        }

        // Where each class that needs an optional library is entered.
        assertThat(fitting)
                .containsExactlyInAnyOrder(
                        "monitor.Meters.of",
                        "monitor.Observations.of",
                        "monitor.HealthChecks.show",
                        "monitor.HealthChecks.hide",
                        "monitor.HealthChecks.showTogether",
                        "InvalidTokenResponse$Typed.saysSo");
    }

    /** The signature with what the aliases stand for. */
    private static String resolved(MethodNode method) {
        return method.desc.replaceAll(
                "io/github/camelzendesk/auth/quarkus/graal/Target(MonitoredConnection|ConnectionGroup)",
                "io/github/camelzendesk/auth/monitor/$1");
    }

    private static String target(ClassNode substitution) {
        AnnotationNode found = annotation(substitution.visibleAnnotations, TARGET_CLASS);
        if (found == null) {
            return null;
        }
        Object inner = value(found, "innerClass");
        return value(found, "className") + (inner == null ? "" : "$" + ((List<?>) inner).get(0));
    }

    private static Object value(AnnotationNode annotation, String member) {
        int at = annotation.values.indexOf(member);
        return at < 0 ? null : annotation.values.get(at + 1);
    }

    private static AnnotationNode annotation(List<AnnotationNode> annotations, String type) {
        return annotations == null
                ? null
                : annotations.stream()
                        .filter(one -> one.desc.equals(type))
                        .findFirst()
                        .orElse(null);
    }
}

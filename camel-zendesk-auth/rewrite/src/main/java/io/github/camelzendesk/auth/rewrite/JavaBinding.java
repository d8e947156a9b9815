package io.github.camelzendesk.auth.rewrite;

import java.util.List;
import java.util.stream.Collectors;

import org.openrewrite.java.JavaParser;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Statement;

/** The statements that set a hand-over up, and the types that they use. Immutable. */
record JavaBinding(String code, String lastStatement, List<String> imports) {
    private static final String CONFIGURER = HandOver.Configurer.TYPE;
    private static final List<String> CLIENT = List.of(
            "io.github.camelzendesk.auth.ZendeskClientFactory",
            "org.apache.camel.component.zendesk.ZendeskComponent",
            "org.apache.camel.component.zendesk.ZendeskConfiguration",
            "org.apache.camel.component.zendesk.internal.ZendeskApiMethod");

    static JavaBinding of(HandOver handOver) {
        if (handOver instanceof HandOver.Configurer configurer) {
            return ofConfigurer(configurer.connection());
        }
        return handOver instanceof HandOver.Client client ? ofClient(client) : new JavaBinding("", "", List.of());
    }

    private static JavaBinding ofConfigurer(Connection connection) {
        String statement = "getContext().getRegistry().bind(\"%s\", new ZendeskHttpClientConfigurer(\"%s\"));"
                .formatted(connection.name(), connection.endpoint());
        return new JavaBinding(statement, statement, List.of(CONFIGURER));
    }

    /** It compares an endpoint's whole configuration, its method too, with the component's before it uses the client. */
    private static JavaBinding ofClient(HandOver.Client client) {
        String variable = variable(client.component());
        String statement = "getContext().getRegistry().bind(\"%s\", %s);".formatted(client.component(), variable);
        String code =
                """
                ZendeskConfiguration %1$sMethod = new ZendeskConfiguration();
                %1$sMethod.setMethodName(ZendeskApiMethod.%2$s);
                ZendeskComponent %1$s = new ZendeskComponent();
                %1$s.setConfiguration(%1$sMethod);
                %1$s.setZendesk(new ZendeskClientFactory("%3$s").create(getContext()));
                %4$s
                """
                        .formatted(
                                variable, client.constant(), client.connection().endpoint(), statement)
                        .strip();
        return new JavaBinding(code, statement, CLIENT);
    }

    /** In {@code camelCase}. */
    private static String variable(String name) {
        StringBuilder variable = new StringBuilder();
        for (String word : name.split("[^A-Za-z0-9]+")) {
            variable.append(variable.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return variable.toString();
    }

    /** Of all at once, because a parser takes long to begin. */
    static List<Statement> statements(List<JavaBinding> bindings) {
        String code = bindings.stream().map(JavaBinding::code).collect(Collectors.joining("\n"));
        J.CompilationUnit file = (J.CompilationUnit) JavaParser.fromJavaVersion()
                .build()
                .parse("class Binding { void bind() { " + code + " } }")
                .findFirst()
                .orElseThrow();
        J.Block type = file.getClasses().get(0).getBody();
        J.Block method = ((J.MethodDeclaration) type.getStatements().get(0)).getBody();
        return method == null ? List.of() : method.getStatements();
    }
}

package io.github.camelzendesk.auth.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.openrewrite.xml.tree.Content;
import org.openrewrite.xml.tree.Xml;

/** The beans of an XML file: those of Camel's own XML, and of Spring's. Stateless. */
final class XmlBeans {
    private static final String TYPE = HandOver.Configurer.TYPE;
    private static final Set<String> ROOTS = Set.of("camel", "beans", "routes");
    private static final String SPRING = "http://www.springframework.org/schema/beans";

    private XmlBeans() {}

    static boolean canBeIn(Xml.Tag root) {
        return ROOTS.contains(root.getName());
    }

    /** With the configurers of these connections first, where they are not there yet. */
    static Xml.Tag withConfigurers(Xml.Tag root, Set<Connection> connections) {
        List<Content> content = new ArrayList<>();
        connections.stream()
                .filter(connection -> root.getChildren("bean").stream().noneMatch(bean -> isNamed(bean, connection)))
                .forEach(connection -> content.add(bean(root, connection)));
        if (content.isEmpty() || root.getContent() == null) {
            return root;
        }
        content.addAll(root.getContent());
        // Camel reads beans beside routes under this name only.
        return root.withContent(content).withName(root.getName().equals("routes") ? "camel" : root.getName());
    }

    /** The names of beans that are something else. */
    static Set<String> otherNames(Xml.Tag root) {
        return root.getChildren("bean").stream()
                .filter(bean -> attributes(bean, "type|class").noneMatch(TYPE::equals))
                .flatMap(bean -> attributes(bean, "name|id"))
                .collect(Collectors.toSet());
    }

    private static Stream<String> attributes(Xml.Tag bean, String names) {
        return bean.getAttributes().stream()
                .filter(attribute -> attribute.getKeyAsString().matches(names))
                .map(Xml.Attribute::getValueAsString);
    }

    private static boolean isNamed(Xml.Tag bean, Connection connection) {
        return attributes(bean, "name|id").anyMatch(connection.name()::equals);
    }

    private static Xml.Tag bean(Xml.Tag root, Connection connection) {
        String indent = indent(root);
        String step = indent.substring(indent.lastIndexOf('\n') + 1);
        String text = isSpring(root) ? SPRING_BEAN : CAMEL_BEAN;
        return Xml.Tag.build(text.formatted(connection.name(), TYPE, connection.endpoint())
                        .strip()
                        .replace("\n", indent)
                        .replace("\t", step))
                .withPrefix(indent);
    }

    private static String indent(Xml.Tag root) {
        return root.getChildren().isEmpty()
                ? "\n"
                : root.getChildren().get(0).getPrefix().replaceAll("(?s).*\n", "\n");
    }

    private static boolean isSpring(Xml.Tag root) {
        return root.getAttributes().stream()
                .anyMatch(attribute -> attribute.getKeyAsString().startsWith("xmlns")
                        && attribute.getValueAsString().equals(SPRING));
    }

    private static final String SPRING_BEAN =
            """
            <bean id="%s" class="%s">
            \t<property name="endpoint" value="%s"/>
            </bean>
            """;
    private static final String CAMEL_BEAN =
            """
            <bean name="%s" type="%s">
            \t<properties>
            \t\t<property key="endpoint" value="%s"/>
            \t</properties>
            </bean>
            """;
}

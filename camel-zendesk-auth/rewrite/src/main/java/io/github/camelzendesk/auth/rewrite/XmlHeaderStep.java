package io.github.camelzendesk.auth.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.openrewrite.xml.tree.Xml;

/** A step that sets an Authorization, and what follows it in the same element. Immutable. */
record XmlHeaderStep(Xml.Tag tag, List<Xml.Tag> others, int at, boolean isOfRoute) {
    private static final Set<String> LANGUAGES = Set.of("constant", "simple");

    static List<XmlHeaderStep> in(Xml.Tag parent) {
        List<Xml.Tag> steps = parent.getChildren();
        return IntStream.range(0, steps.size())
                .filter(at -> isAuthorization(steps.get(at)))
                .mapToObj(at -> new XmlHeaderStep(
                        steps.get(at), steps, at, parent.getName().equals("route")))
                .toList();
    }

    private static boolean isAuthorization(Xml.Tag tag) {
        return tag.getName().equals("setHeader") && AuthorizationHeader.isName(attribute(tag, "name"));
    }

    private static String attribute(Xml.Tag tag, String name) {
        return tag.getAttributes().stream()
                .filter(attribute -> attribute.getKeyAsString().equals(name))
                .map(Xml.Attribute::getValueAsString)
                .findFirst()
                .orElse("");
    }

    private String value() {
        return tag.getChildren().stream()
                .filter(child -> LANGUAGES.contains(child.getName()))
                .flatMap(child -> child.getValue().stream())
                .findFirst()
                .orElse("")
                .strip();
    }

    boolean isBasic() {
        return AuthorizationHeader.isBasic(value());
    }

    boolean isFixed() {
        return isOfRoute
                && AuthorizationHeader.isFixed(value())
                && others.stream().filter(XmlHeaderStep::isAuthorization).count() == 1;
    }

    /** An empty one where a step goes to what is not known. */
    List<String> laterEndpoints() {
        return later().map(XmlHeaderStep::endpoint).toList();
    }

    private static String endpoint(Xml.Tag step) {
        return step.getName().matches("toD?") ? attribute(step, "uri").replace("&amp;", "&") : "";
    }

    List<UUID> laterCalls() {
        return later().filter(step -> endpoint(step).startsWith("http"))
                .map(Xml.Tag::getId)
                .toList();
    }

    private Stream<Xml.Tag> later() {
        List<Xml.Tag> steps = new ArrayList<>();
        others.subList(at + 1, others.size()).forEach(step -> collect(step, steps));
        return steps.stream();
    }

    private static void collect(Xml.Tag tag, List<Xml.Tag> steps) {
        if (AuthorizationHeader.STEPS.contains(tag.getName())) {
            steps.add(tag);
        }
        tag.getChildren().forEach(child -> collect(child, steps));
    }
}

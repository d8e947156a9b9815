package io.github.camelzendesk.auth.rewrite;

import java.util.regex.Pattern;

import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;

/** A text in Java: one literal, or several that are joined by {@code +}, some of them perhaps unknown. Immutable. */
record JavaStrings(String known, boolean isWhole) {
    static final JavaStrings UNKNOWN = new JavaStrings("", false);
    /** What {@code String.format}, {@code toF} and {@code MessageFormat} fill in. */
    private static final Pattern FORMAT = Pattern.compile("(?s).*(%(\\d+\\$)?[sd]|(?<![{$])\\{\\d+}).*");

    static JavaStrings of(Expression expression) {
        if (expression instanceof J.Binary binary && binary.getOperator() == J.Binary.Type.Addition) {
            return of(binary.getLeft()).plus(of(binary.getRight()));
        }
        if (expression instanceof J.Parentheses<?> parentheses && parentheses.getTree() instanceof Expression inner) {
            return of(inner);
        }
        return expression instanceof J.Literal literal && literal.getValue() instanceof String text
                ? new JavaStrings(text, !FORMAT.matcher(text).matches())
                : UNKNOWN;
    }

    private JavaStrings plus(JavaStrings right) {
        return new JavaStrings(known + right.known, isWhole && right.isWhole);
    }

    /** One literal with another text, in the place of an expression. */
    J.Literal literal(Expression place, String text) {
        String source = '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
        J.Literal found = first(place);
        return found.withPrefix(place.getPrefix())
                .withValue(text)
                .withValueSource(source)
                .withUnicodeEscapes(null)
                .withType(JavaType.Primitive.String);
    }

    private static J.Literal first(Expression place) {
        if (place instanceof J.Binary binary) {
            return first(binary.getLeft());
        }
        if (place instanceof J.Parentheses<?> parentheses && parentheses.getTree() instanceof Expression inner) {
            return first(inner);
        }
        return (J.Literal) place;
    }
}

package io.github.camelzendesk.examples.weblogin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A piece of HTML with names in braces. Immutable. */
final class Template {
    private static final Pattern NAME = Pattern.compile("\\{([a-z]+)}");

    private final String text;

    /** HTML that is safe as it is. Immutable. */
    record Markup(String html) {}

    private Template(String text) {
        this.text = text;
    }

    static Template load(String name) {
        return new Template(read(name));
    }

    static String read(String name) {
        try (InputStream resource = Template.class.getResourceAsStream(name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In one pass, so that a value that looks like a name is left alone. Escapes all but markup. */
    Markup with(Map<String, ?> values) {
        return new Markup(
                NAME.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(values.get(found.group(1))))));
    }

    private static String value(Object value) {
        return value instanceof Markup markup ? markup.html() : escaped(String.valueOf(value));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

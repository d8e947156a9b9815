package io.github.camelzendesk.auth;

import java.util.List;
import java.util.stream.Collectors;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** JSON values as text, for readers that must survive them all. */
public final class AnyJson {
    private static final String[] SCALARS = {
        "null",
        "true",
        "false",
        "\"\"",
        "0",
        "-1",
        "1",
        "0.5",
        "1e400",
        "-1e400",
        "1e999999999",
        "1E-999999999",
        "1e9999999999",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809",
        "1800.9",
        "1e3",
        "315360000",
        "315619200",
        "315619201",
        "2147483648",
        "\"1800\"",
        "\" 1800\"",
        "\"-5\"",
        "\"99999999999\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"a\\r\\nb\"",
        "\"bearer\"",
        "\"2026-11-24T10:00:00Z\"",
        "\"+1000000000-12-31T23:59:59.999999999Z\"",
        "\"-1000000000-01-01T00:00:00Z\"",
        "\"9999-12-31T23:59:59Z\""
    };

    private AnyJson() {}

    /** Whole numbers, fractions, exponents, texts with what JSON can escape, and nests of them. */
    public static Arbitrary<String> value() {
        return Arbitraries.lazyOf(AnyJson::scalar, AnyJson::scalar, AnyJson::scalar, AnyJson::array, AnyJson::object);
    }

    public static Arbitrary<String> text() {
        return Arbitraries.strings().ofMaxLength(40).map(AnyJson::quoted);
    }

    /** An object whose members bear these names, once, never or twice. */
    public static Arbitrary<String> objectOf(String... names) {
        return Combinators.combine(Arbitraries.of(names), value())
                .as((name, value) -> quoted(name) + ":" + value)
                .list()
                .ofMaxSize(8)
                .map(AnyJson::braced);
    }

    /** A text as a JSON string in ASCII, half a surrogate pair included. */
    public static String quoted(String text) {
        return text.chars()
                .mapToObj(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\'
                        ? String.valueOf((char) c)
                        : String.format("\\u%04x", c))
                .collect(Collectors.joining("", "\"", "\""));
    }

    /** So deep that a reader which recurses is out of stack. */
    public static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static Arbitrary<String> scalar() {
        return Arbitraries.oneOf(
                Arbitraries.of(SCALARS), text(), Arbitraries.longs().map(String::valueOf), digits(), depths());
    }

    private static Arbitrary<String> digits() {
        return Arbitraries.integers().between(1, 3000).map("9"::repeat);
    }

    private static Arbitrary<String> depths() {
        return Arbitraries.integers().between(0, 1100).map(AnyJson::nested);
    }

    private static Arbitrary<String> array() {
        return value().list().ofMaxSize(3).map(values -> "[" + String.join(",", values) + "]");
    }

    private static Arbitrary<String> object() {
        return Combinators.combine(text(), value())
                .as((name, value) -> name + ":" + value)
                .list()
                .ofMaxSize(3)
                .map(AnyJson::braced);
    }

    private static String braced(List<String> members) {
        return "{" + String.join(",", members) + "}";
    }
}

package io.github.camelzendesk.auth.login;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** RFC 9112 section 3: what may stand in the head of a request to the callback address. */
class CallbackPropertiesTest {
    @Property(tries = 3000)
    void anyHeadIsARequestOrNone(@ForAll("heads") String head) {
        Optional<CallbackRequest> request = CallbackRequest.parse(head);

        request.ifPresent(parsed -> {
            assertThat(parsed.path()).startsWith("/").doesNotContain("?", " ");
            assertThat(head).startsWith(parsed.method() + " " + parsed.path()).contains(parsed.host());
            CallbackQuery.parse(parsed.query());
        });
    }

    @Property(tries = 2000)
    void anyQueryIsParametersOrNone(@ForAll("queries") String query) {
        Map<String, String> parameters = CallbackQuery.parse(query);

        assertThat(parameters.size()).isLessThanOrEqualTo(query.split("&", -1).length);
    }

    @Property(tries = 500)
    void whatIsEncodedIsDecodedAndNothingStandsTwice(@ForAll("names") String name, @ForAll("names") String value) {
        String pair = encoded(name) + "=" + encoded(value);

        assertThat(CallbackQuery.parse(pair + "&flag")).isEqualTo(Map.of(name, value));
        assertThat(CallbackQuery.parse(pair + "&" + pair)).isEmpty();
    }

    @Example
    void aHostThatStandsTwiceIsNone() {
        for (String hosts : new String[] {
            "Host: a\r\nHost: a", "Host:\r\nHost: a", "Host: a\r\nhost:", "HOST: \t\r\nHost: a\r\nHost: b", "X: y"
        }) {
            assertThat(CallbackRequest.parse("GET / HTTP/1.1\r\n" + hosts)
                            .orElseThrow()
                            .host())
                    .as(hosts)
                    .isEmpty();
        }
    }

    @Provide
    Arbitrary<String> heads() {
        Arbitrary<String> method = Arbitraries.of("GET", "get", "POST", "CONNECT", "", "G\u0000T");
        Arbitrary<String> target = Arbitraries.of(
                "/",
                "/?",
                "/?code=a&state=b",
                "*",
                "http://localhost/",
                "/%2e%2e?%zz",
                "//evil",
                "/\u0000",
                "",
                "?",
                "/?a?b");
        Arbitrary<String> version = Arbitraries.of(" HTTP/1.1", " HTTP/1.0", "", " HTTP/2", " HTTP/1.", "  HTTP/1.1");
        Arbitrary<String> header = Arbitraries.of(
                "\r\nHost: localhost:1",
                "\r\nHost : x",
                "\r\nhOsT:y",
                "\r\n Host: z",
                "\nHost: n",
                "\r\nHost",
                "\r\n",
                "\r\n:");
        return Arbitraries.oneOf(
                latin(),
                Combinators.combine(method, target, version, header.list().ofMaxSize(3), latin())
                        .as((a, b, c, d, e) -> a + " " + b + c + String.join("", d) + e));
    }

    @Provide
    Arbitrary<String> queries() {
        Arbitrary<String> pieces = Arbitraries.of(
                "code",
                "state",
                "error",
                "=",
                "=",
                "&",
                "&",
                "%",
                "%4",
                "%41",
                "%-1",
                "%zz",
                "%00",
                "%c3",
                "%ed%a0%80",
                "+",
                "#");
        return Arbitraries.oneOf(latin(), pieces.list().ofMaxSize(12).map(list -> String.join("", list)));
    }

    /** Whole characters, as the encoder of a browser sees them. */
    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withCharRange('\u0000', '\ud7ff').ofMaxLength(30);
    }

    private static Arbitrary<String> latin() {
        return Arbitraries.strings().withCharRange('\u0000', '\u00ff').ofMaxLength(60);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

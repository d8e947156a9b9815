package io.github.camelzendesk.auth.options;

import java.net.URI;
import java.util.Optional;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A url is an https origin, or an http one of this machine, or refused; credentials go nowhere else. */
class ZendeskUrlPropertiesTest {
    private static final String ORIGIN =
            "https://([a-z0-9.-]+|\\[[0-9a-fA-F:.%a-z]+])(:[0-9]{1,5})?|http://(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?";

    @Property(tries = 1000)
    void anythingIsAnOriginOrRefused(@ForAll("texts") String text) {
        holdsTheLaw(text);
    }

    @Property(tries = 3000)
    void anythingThatLooksLikeAnAddressIsAnOriginOrRefused(@ForAll("addresses") String address) {
        holdsTheLaw(address);
    }

    @Property(tries = 2000)
    void anEndpointStaysOnTheOriginOrIsAnAddressUnderTheSameRules(
            @ForAll("addresses") String address, @ForAll("paths") String path) {
        for (String written : new String[] {address, path}) {
            try {
                String endpoint = ZendeskUrl.endpoint("https://acme.zendesk.com", written, "tokenEndpointPath");
                boolean own = endpoint.startsWith("https://acme.zendesk.com/");
                assertThat(own || origin(endpoint).isPresent()).isTrue();
                assertThat(written.startsWith("/") && !own).isFalse();
            } catch (ConfigurationRefused e) {
                assertThat(e).hasNoCause();
            }
        }
    }

    @Example
    void whatPeopleAndAttackersWrite() {
        for (String good : new String[] {
            "acme",
            " ACME\n",
            "acme.zendesk.com",
            "acme.zendesk.com.",
            "https://acme.zendesk.com/agent?a=b#c",
            "HTTPS://Acme.Zendesk.Com:443",
            "https://acme.zendesk.com.",
            "https://acme.zendesk.com:",
            "acme.zendesk.com/login?return_to=https://acme.zendesk.com/agent"
        }) {
            assertThat(origin(good)).as(good).contains("https://acme.zendesk.com");
        }
        for (String bad : new String[] {
            "",
            " ",
            "http://acme.zendesk.com",
            "http://127.0.0.1.evil.com",
            "http://localhost.evil.com",
            "https://acme.zendesk.com@evil.com",
            "https://acme:secret@zendesk.com",
            "acme.zendesk.com@evil.com",
            "https://@evil.com",
            "http://localhost@evil.com",
            "http://[::1]@evil.com",
            "http://2130706433",
            "http://0x7f.1",
            "http://127.1",
            "http://127.0.0.256",
            "http://[::ffff:1.2.3.4]",
            "http://[::1",
            "https://\u00e1cme.zendesk.com",
            "https://evil.com\\@acme.zendesk.com",
            "https:\\\\evil.com",
            "https://evil\t.com",
            "https://a\n.com",
            "//evil.com/://",
            "//evil.com",
            "ftp://acme.zendesk.com",
            "javascript://acme.zendesk.com/%0a",
            "://",
            "https://",
            "https://acme.zendesk.com:99999",
            "https://acme.zendesk.com:0",
            "https://acme.zendesk.com:-1"
        }) {
            assertThat(origin(bad)).as(bad).isEmpty();
        }
        // Another's host over https is a host like any other: nobody but the user can tell.
        assertThat(origin("acme.zendesk.com.evil.com")).contains("https://acme.zendesk.com.evil.com");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().ofMaxLength(40);
    }

    @Provide
    Arbitrary<String> addresses() {
        Arbitrary<String> scheme =
                Arbitraries.of("", "https://", "http://", "HTTP://", "//", "https:", "ftp://", "://");
        Arbitrary<String> user = Arbitraries.of("", "", "", "acme.zendesk.com@", "@", "a:b@", "\\", "%40");
        Arbitrary<String> host = Arbitraries.of(
                "acme",
                "acme.zendesk.com",
                "localhost",
                "127.0.0.1",
                "127.0.0.1.evil.com",
                "localhost.evil.com",
                "[::1]",
                "[::1%25lo]",
                "[::ffff:127.0.0.1]",
                "127.1",
                "2130706433",
                "LOCALHOST",
                "loca\u212ahost",
                "xn--cme-8la.zendesk.com",
                "\u0430cme.zendesk.com",
                "acme.zendesk.com\u3002evil.com",
                "-a-",
                "a_b",
                "");
        Arbitrary<String> dot = Arbitraries.of("", "", "", ".", "..", "%2e", "%00", "\t", "\n", "\u0000");
        Arbitrary<String> port =
                Arbitraries.of("", "", ":", ":443", ":80", ":33333", ":99999", ":0", ":-1", ":x", ":4294967739");
        return Combinators.combine(scheme, user, host, dot, port, Arbitraries.oneOf(tails(), texts()))
                .as((a, b, c, d, e, f) -> a + b + c + d + e + f);
    }

    @Provide
    Arbitrary<String> paths() {
        return Combinators.combine(Arbitraries.of("/", "/oauth/tokens", "/\\", "/@", "/.", "//"), texts())
                .as(String::concat);
    }

    private static Arbitrary<String> tails() {
        return Arbitraries.of(
                "",
                "/",
                "/agent?a=b#c",
                "?x=https://evil.com",
                "#@evil.com",
                "/\\evil.com",
                "\\@evil.com",
                "@evil.com",
                "/://",
                " ",
                "\r\nHost: evil.com");
    }

    private static void holdsTheLaw(String text) {
        origin(text).ifPresent(origin -> {
            assertThat(origin).matches(ORIGIN);
            assertThat(URI.create(origin).getPort()).isBetween(-1, 65_535);
            assertThat(ZendeskUrl.origin(origin)).isEqualTo(origin);
        });
    }

    private static Optional<String> origin(String text) {
        try {
            return Optional.of(ZendeskUrl.origin(text));
        } catch (ConfigurationRefused e) {
            assertThat(e).hasNoCause();
            assertThat(e.getMessage()).matches("[\\x20-\\x7e]*").doesNotContain("secret", "@");
            return Optional.empty();
        }
    }
}

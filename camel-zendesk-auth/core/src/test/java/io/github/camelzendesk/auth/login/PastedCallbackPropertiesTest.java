package io.github.camelzendesk.auth.login;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a person pastes is a code, or refused without being repeated. */
class PastedCallbackPropertiesTest {
    /** RFC 6749 appendix A.11. */
    private static final String CODE = "[\\x20-\\x7e]+";

    @Property(tries = 2000)
    void anythingIsACodeOrRefused(@ForAll("pastes") String pasted) {
        try {
            PastedCallback callback = PastedCallback.parse(pasted, "oauthVerifier");
            assertThat(callback.code().reveal()).matches(CODE);
            assertThat(callback.toString()).startsWith("PastedCallback[code=[secret], ");
        } catch (AuthorizationRequired | ConfigurationRefused e) {
            assertDiscreet(e, pasted);
        }
    }

    @Property(tries = 500)
    void aCodeIsFoundInEveryFormItComesIn(
            @ForAll("codes") String code, @ForAll("states") String state, @ForAll("wrappings") String[] wrapping) {
        String address = "http://localhost:33333/?state=" + encoded(state) + "&code=" + encoded(code) + "#_=_";

        PastedCallback bare = PastedCallback.parse(wrapping[0] + code + wrapping[1], "oauthVerifier");
        PastedCallback whole = PastedCallback.parse(wrapping[0] + address + wrapping[1], "oauthVerifier");

        assertThat(bare.code().reveal()).isEqualTo(code);
        assertThat(whole.code().reveal()).isEqualTo(code);
        assertThat(whole.state()).isEqualTo(state);
        whole.requireState(state);
        assertThatThrownBy(() -> whole.requireState(state + "x")).isInstanceOf(ConfigurationRefused.class);
    }

    @Property(tries = 300)
    void anErrorIsARefusalWhateverStandsBesideIt(@ForAll("states") String error, @ForAll("states") String description) {
        String address =
                "http://localhost/?code=c&error=" + encoded(error) + "&error_description=" + encoded(description);

        assertThatThrownBy(() -> PastedCallback.parse(address, "oauthVerifier"))
                .isInstanceOfSatisfying(AuthorizationRequired.class, e -> {
                    assertThat(e.error()).isNull();
                    assertThat(e.errorDescription()).isNull();
                });
    }

    @Property
    void anErrorOfTheSpecificationIsTold(@ForAll("states") String description) {
        String address = "http://localhost/?error=access_denied&error_description=" + encoded(description);

        assertThatThrownBy(() -> PastedCallback.parse(address, "oauthVerifier"))
                .isInstanceOfSatisfying(AuthorizationRequired.class, e -> {
                    assertThat(e.error()).isEqualTo("access_denied");
                    assertThat(e.errorDescription()).isNull();
                });
    }

    @Provide
    Arbitrary<String> pastes() {
        Arbitrary<String> pieces = Arbitraries.of(
                "http://localhost:33333/",
                "?",
                "&",
                "#",
                "=",
                "code=",
                "state=",
                "error=",
                "error_description=",
                "abc",
                "%41",
                "%",
                "%zz",
                "%00",
                "+",
                "\"",
                "'",
                "<",
                ">",
                " ",
                "\n",
                "\u00e9",
                "code%3D",
                "?code=a",
                "&code=b");
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(60),
                pieces.list().ofMaxSize(12).map(list -> String.join("", list)));
    }

    @Provide
    Arbitrary<String> codes() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("-._~+/")
                .ofMinLength(1)
                .ofMaxLength(80);
    }

    @Provide
    Arbitrary<String> states() {
        return Arbitraries.strings().withCharRange('\u0001', '\u07ff').ofMaxLength(300);
    }

    @Provide
    Arbitrary<String[]> wrappings() {
        return Arbitraries.of("", " ", "\n").flatMap(space -> Combinators.combine(
                        Arbitraries.of("\"", "'", "<", ""), Arbitraries.of("\"", "'", ">", ""))
                .as((open, close) -> new String[] {space + open, close + space}));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A paste of three characters or less is in every sentence. */
    private static void assertDiscreet(ZendeskAuthException e, String pasted) {
        assertThat(e).hasNoCause();
        assertThat(e.getMessage()).matches("[\\x20-\\x7e]*");
        assertThat(pasted.strip().length() > 5 && e.getMessage().contains(pasted.strip()))
                .isFalse();
    }
}

package io.github.camelzendesk.auth.rewrite;

import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CamelUriTest {
    @Test
    void whatStaysIsWrittenAsItWas() {
        String text = "https:acme.zendesk.com/a%20b?q=${header.q}&&x=RAW(a&b=c)&y=RAW{d&e}&z";

        assertThat(CamelUri.parse(text).text()).isEqualTo(text);
    }

    @Test
    void anAmpersandWithinRawIsPartOfTheValue() {
        CamelUri uri = CamelUri.parse("https://acme.zendesk.com?authPassword=RAW(a&httpMethod=b)&httpMethod=GET");

        assertThat(uri.value("httpMethod")).hasValue("GET");
        assertThat(uri.without(Set.of("authPassword")).text()).isEqualTo("https://acme.zendesk.com?httpMethod=GET");
    }

    @Test
    void anOptionIsFoundInEachSpellingThatCamelBinds() {
        CamelUri uri = CamelUri.parse("https://acme.zendesk.com?auth-username=a&AUTHPASSWORD=b");

        assertThat(uri.without(Set.of("authUsername", "authPassword")).text()).isEqualTo("https://acme.zendesk.com");
    }

    @Test
    void aReplacementTakesThePlaceOfTheFirstOption() {
        CamelUri uri = CamelUri.parse("x:y?a=1&b=2&c=3&d=4");

        assertThat(uri.replacing(Set.of("b", "d"), "e=5").text()).isEqualTo("x:y?a=1&e=5&c=3");
        assertThat(uri.replacing(Set.of("none"), "e=5").text()).isEqualTo("x:y?a=1&b=2&c=3&d=4&e=5");
    }

    @Test
    void itsTextForALogHoldsNoValue() {
        assertThat(CamelUri.parse("x:y?authPassword=secret").toString()).doesNotContain("secret");
    }
}

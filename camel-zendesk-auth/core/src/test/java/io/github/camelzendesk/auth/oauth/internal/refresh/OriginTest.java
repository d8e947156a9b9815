package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.net.URI;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OriginTest {
    @ParameterizedTest
    @CsvSource({
        "https, acme.zendesk.com, -1, true",
        "https, acme.zendesk.com, 443, true",
        "HTTPS, ACME.Zendesk.com, 443, true",
        "https, evilacme.zendesk.com, 443, false",
        "https, x.acme.zendesk.com, 443, false",
        "https, acme.zendesk.com.evil.example, 443, false",
        "https, acme.zendesk.co, 443, false",
        "https, acme.zendesk.com, 444, false",
        "http, acme.zendesk.com, 443, false",
    })
    void onlyTheVerySameSchemeHostAndPortAreOneOrigin(String scheme, String host, int port, boolean same) {
        assertThat(Origin.of(URI.create("https://acme.zendesk.com")).is(scheme, host, port))
                .isEqualTo(same);
    }
}

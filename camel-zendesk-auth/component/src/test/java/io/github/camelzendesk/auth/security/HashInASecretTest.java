package io.github.camelzendesk.auth.security;

import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.ZendeskAuthConfiguration;
import io.github.camelzendesk.auth.ZendeskAuthEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/** A secret that begins with a hash is a secret, and no reference, though a bean has its name. */
class HashInASecretTest {
    private static final String SECRET = "#made-up";

    @Test
    void inAUri() {
        try (CamelFixture camel = new CamelFixture()) {
            camel.context.getRegistry().bind("made-up", "another");

            String uri = "zendesk-auth:acme?url=acme&initiateOAuth=REFRESH&oauthClientId=robot"
                    + "&oauthSettingsLocation=memory:hash&oauthClientSecret=RAW(" + SECRET + ")";

            assertThat(secret(camel.context, uri)).isEqualTo(SECRET);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camel.component.zendesk-auth.",
                "camel.component.zendesk-auth.connections.acme.",
                "camel.beans.acme."
            })
    void inAPropertyOfCamelMain(String prefix) throws Exception {
        Main main = new Main();
        main.bind("made-up", "another");
        if (prefix.startsWith("camel.beans")) {
            main.addInitialProperty("camel.beans.acme", "#class:" + ZendeskAuthConfiguration.class.getName());
        }
        main.addInitialProperty(prefix + "url", "acme");
        main.addInitialProperty(prefix + "initiateOAuth", "REFRESH");
        main.addInitialProperty(prefix + "oauthClientId", "robot");
        main.addInitialProperty(prefix + "oauthSettingsLocation", "memory:hash");
        main.addInitialProperty(prefix + "oauthClientSecret", SECRET);
        main.start();
        try {
            assertThat(secret(main.getCamelContext(), "zendesk-auth:acme")).isEqualTo(SECRET);
        } finally {
            main.stop();
        }
    }

    private static String secret(CamelContext context, String uri) {
        return context.getEndpoint(uri, ZendeskAuthEndpoint.class)
                .getConfiguration()
                .getOauthClientSecret();
    }
}

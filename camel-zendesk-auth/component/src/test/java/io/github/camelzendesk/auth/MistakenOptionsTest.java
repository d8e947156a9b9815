package io.github.camelzendesk.auth;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Options that do not exist, and values that are none of their option: what the reader of the error learns. */
class MistakenOptionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "authScheme=OAuth2 | authScheme must be one of Basic, APIToken, OAuth, OAuthClient.",
                "initiateOAuth=ON | initiateOAuth must be one of OFF, REFRESH, GETANDREFRESH.",
                "oauthClientKind=secret | oauthClientKind must be one of CONFIDENTIAL, PUBLIC.",
                "operation=login | operation must be one of [authenticate, authorizationUrl,",
                "joinTimeout=soon | joinTimeout must be a duration from 1ms to 1h",
                "proxyPort=http | proxyPort must be a port",
                "oauthExpiresIn=soon | oauthExpiresIn must be seconds",
                "verifyOnStart=maybe | the option verifyOnStart",
                "oauthClientIdd=x | has no option 'oauthClientIdd'. Did you mean oauthClientId?",
                "auth-schema=OAuth | has no option 'authSchema'. Did you mean authScheme?"
            })
    void aUriWithOneIsRefusedByTheConnectionsNameAndTheRemedy(String query, String said) throws Exception {
        assertThat(refusalOf("zendesk-auth:acme?url=acme&" + query))
                .hasMessageStartingWith("The URI of connection 'acme': ")
                .hasMessageContaining(said);
    }

    @Test
    void theRestOfASecretIsNotShownAsAnUnknownOption() throws Exception {
        assertThat(refusalOf("zendesk-auth:acme?url=acme&oauthClientSecret=half&w9xOther=yz"))
                .hasMessageContaining("write RAW(...) around a value that holds an &")
                .hasMessageNotContaining("w9xOther");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "oauthClientSecrt | The component zendesk-auth: it has no option 'oauthClientSecrt'. Did you mean"
                        + " oauthClientSecret?",
                "authScheme | The component zendesk-auth: The option authScheme must be one of Basic,",
                "connections.acme.oauthClientSecrt | Connection 'acme': it has no option 'oauthClientSecrt'. Did you mean"
                        + " oauthClientSecret?",
                "connections[acme].initiateOAuth | Connection 'acme': The option initiateOAuth must be one of OFF,",
                "connections.acme.joinTimeout | Connection 'acme': The option joinTimeout must be a duration"
            })
    void aPropertyWithOneFailsTheStartAndNothingShowsItsValue(String property, String said) {
        Main main = new Main();
        main.addInitialProperty("camel.component.zendesk-auth." + property, "pr3cious");
        main.addInitialProperty("camel.component.zendesk-auth.url", "acme");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("zendesk-auth:acme");
            }
        });
        Throwable thrown = catchThrowable(main::start);
        main.stop();

        assertThat(thrown).hasStackTraceContaining(said);
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause.getMessage())).doesNotContain("pr3cious");
        }
    }

    private static Throwable refusalOf(String uri) throws Exception {
        try (CamelContext context = CamelFixture.notStarted()) {
            Throwable cause = catchThrowable(() -> context.getEndpoint(uri));
            while (cause != null && !(cause instanceof ConfigurationRefused)) {
                cause = cause.getCause();
            }
            return cause;
        }
    }
}

package io.github.camelzendesk.auth.routes;

import java.util.Map;

import org.apache.camel.util.URISupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

import static org.assertj.core.api.Assertions.assertThat;

class BadInputTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    user=a@b.c&password=x                              | url is missing
                    url=http://acme.zendesk.com&oauthAccessToken=x     | url must begin with https://
                    url=acme&user=a@b.c                                | neither password nor apiToken
                    url=acme&user=a@b.c&password=x&apiToken=y          | both password and apiToken are set
                    url=acme&password=x                                | user is not
                    url=acme                                           | nothing to authenticate with
                    url=acme&oauthClientId=x                           | oauthClientSecret is not
                    url=acme&oauthClientId=x&oauthClientSecret=y       | set authScheme=OAuthClient
                    url=acme&apiToken=x&user=u&oauthAccessToken=y      | say which one counts with authScheme
                    url=acme&authScheme=OAuth                          | initiateOAuth is OFF
                    url=acme&authScheme=OAuthClient&oauthClientId=x&oauthClientKind=public | needs a confidential client
                    url=acme&initiateOAuth=GETANDREFRESH&oauthClientId=x&oauthClientSecret=y&callbackUrl=https://e.com/c | oauthVerifier and pkceVerifier
                    url=acme&initiateOAuth=REFRESH&oauthClientId=x&oauthClientSecret=y&oauthRefreshToken=z&oauthTokenTimestamp=9223372036854775807&oauthExpiresIn=1 | oauthTokenTimestamp is 9223372036854775807, and must be milliseconds
                    url=acme&oauthAccessToken=x&oauthSettingsLocation=foo:bar | which nothing here can open
                    url=acme&oauthAccessToken=x&oauthSettingsLocation=kubernetes:x/y | zendesk-auth-kubernetes
                    url=acme&oauthAccessToken=x&oauthSettingsSecretKey=c2hvcnQ= | 256 are needed
                    """)
    void isRefusedAtStartWithTheOptionAndTheWayOut(String options, String message) throws Exception {
        try (CamelFixture camel = new CamelFixture()) {
            Map<String, Object> parameters = URISupport.parseQuery(options);
            String uri = "zendesk-auth:acme?" + URISupport.createQueryString(parameters);

            Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(() -> camel.context.getEndpoint(uri));

            assertThat(thrown).hasRootCauseInstanceOf(RuntimeException.class);
            assertThat(refusal(thrown)).hasMessageContaining(message);
        }
    }

    private static Throwable refusal(Throwable thrown) {
        Throwable cause = thrown;
        while (cause != null && !(cause instanceof ConfigurationRefused)) {
            cause = cause.getCause();
        }
        return cause;
    }
}

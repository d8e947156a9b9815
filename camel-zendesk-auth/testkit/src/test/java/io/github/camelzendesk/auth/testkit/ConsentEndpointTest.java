package io.github.camelzendesk.auth.testkit;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The page on which a person decides. */
@ExtendWith(ZendeskExtension.class)
class ConsentEndpointTest {
    private ZendeskServer zendesk;
    private Http http;
    private RegisteredClient client;

    @BeforeEach
    void connect(ZendeskServer server) {
        zendesk = server;
        http = new Http(server);
        client = server.confidentialClient("app");
    }

    @Test
    void allowSendsACodeAndTheStateToTheRedirectUri() {
        URI back = zendesk.user().approve(http.consent(client, Map.of()));

        assertThat(back).hasScheme("http").hasHost("localhost").hasPort(33333);
        assertThat(Call.form(back.getRawQuery())).containsEntry("state", "s").containsOnlyKeys("code", "state");
    }

    @Test
    void denySendsTheStateBackUnlessItIsSwitchedOff() throws Exception {
        URI consent = http.consent(client, Map.of());

        assertThat(Call.form(denied(consent)))
                .containsEntry("error", "access_denied")
                .containsEntry("state", "s");
        zendesk.echoStateOnDeny(false);
        assertThat(Call.form(denied(consent))).containsOnlyKeys("error", "error_description");
    }

    @ParameterizedTest
    @CsvSource({
        "client_id, nobody",
        "client_id, 1000001",
        "redirect_uri, https://evil.example/callback",
        "redirect_uri, http://localhost:33334",
        "redirect_uri, http://localhost:33333/",
        "response_type, token",
        "code_challenge_method, plain"
    })
    void aBadRequestShowsAnHtmlErrorAndNeverCallsBack(String parameter, String value) throws Exception {
        htmlError(400, http.consent(client, Map.of(parameter, value)));
    }

    @Test
    void localhostAnd127001DifferAsRedirectUris() throws Exception {
        htmlError(400, http.consent(client, Map.of("redirect_uri", "http://127.0.0.1:33333")));
    }

    @Test
    void aMissingScopeIsA403Page() throws Exception {
        htmlError(403, http.consent(client, Map.of("scope", "")));
    }

    @Test
    void aPublicClientNeedsAChallengeAndAConfidentialOneDoesNot() throws Exception {
        Map<String, String> without = Map.of("code_challenge", "", "code_challenge_method", "");
        RegisteredClient desktop = zendesk.publicClient("desktop");

        htmlError(400, http.consent(desktop, without));
        String query = zendesk.user().approve(http.consent(client, without)).getRawQuery();
        String form = Http.credentials(client) + "&grant_type=authorization_code&redirect_uri="
                + Http.encoded(Http.CALLBACK) + "&code=" + Call.form(query).get("code");
        assertThat(http.token(form).statusCode()).isEqualTo(200);
    }

    @Test
    void aVerifierForACodeWithoutAChallengeReplacesNoSecret() throws Exception {
        URI consent = http.consent(client, Map.of("code_challenge", "", "code_challenge_method", ""));
        String code = Call.form(zendesk.user().approve(consent).getRawQuery()).get("code");

        assertThat(http.redeem(client, code, Http.VERIFIER).body()).contains("invalid_grant");
    }

    @Test
    void aScopeBeyondTheCeilingIsRefusedWhenTheCodeIsRedeemed() throws Exception {
        RegisteredClient limited = zendesk.limitedClient("limited", "read");
        URI back = zendesk.user().approve(http.consent(limited, Map.of("scope", "read write")));

        HttpResponse<String> answer =
                http.redeem(limited, Call.form(back.getRawQuery()).get("code"), Http.VERIFIER);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_scope");
    }

    @Test
    void malformedPercentEncodingShowsAnHtmlErrorAndNoCrash() throws Exception {
        String answer = http.rawGet("/oauth/authorizations/new?client_id=%zz");

        assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("Location");
    }

    @Test
    void aRequestByPostShowsThePageAndDecidesNothing() throws Exception {
        HttpResponse<String> page = http.send(http.request("/oauth/authorizations/new")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(http.consent(client, Map.of()).getRawQuery())));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Allow app?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com/callback", "urn:ietf:wg:oauth:2.0:oob", "/callback", "https:/callback"})
    void aRedirectUriMustBeAbsoluteAndHttpsUnlessItIsLocal(String redirectUri) {
        assertThatThrownBy(() -> zendesk.confidentialClient("web", redirectUri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it must be absolute, and https unless its host is localhost or 127.0.0.1");
        assertThat(zendesk.confidentialClient("web", "https://example.com/c", "http://127.0.0.1:1")
                        .redirectUris())
                .hasSize(2);
    }

    /** The query of the callback: nobody listens there, and nobody has to. */
    private String denied(URI consent) throws Exception {
        HttpResponse<String> sent = http.send(http.request("/oauth/authorizations/new")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(consent.getRawQuery() + "&decision=deny")));
        assertThat(sent.statusCode()).isEqualTo(302);
        return URI.create(sent.headers().firstValue("Location").orElse("")).getRawQuery();
    }

    private void htmlError(int status, URI consent) throws Exception {
        HttpResponse<String> page = http.get(consent.getRawPath() + "?" + consent.getRawQuery());
        assertThat(page.statusCode()).isEqualTo(status);
        assertThat(page.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.headers().firstValue("Location")).isEmpty();
        assertThat(page.body()).contains("invalid_request");
    }
}

package io.github.camelzendesk.auth;

import java.nio.file.Path;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.OAuthClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

/** A connection whose token is handed over late, for one test. */
final class LateWorld implements AutoCloseable {
    static final String TICKET = "{\"ticket\":{\"subject\":\"My printer is on fire\"}}";

    final Camel camel = new Camel();
    final ZendeskServer zendesk;
    final String connection;
    final String tickets;

    LateWorld(ZendeskServer zendesk, Path directory, String options) {
        this(zendesk, zendesk.confidentialClient("app"), directory, options);
    }

    private LateWorld(ZendeskServer zendesk, OAuthClient client, Path directory, String options) {
        this.zendesk = zendesk;
        connection = "zendesk-auth:acme?url=" + zendesk.url() + "&oauthClientId=app&oauthClientSecret="
                + client.secret() + "&oauthSettingsLocation=" + directory.resolve("s.json") + options;
        tickets = zendesk.url() + "/api/v2/tickets.json";
        camel.context.getRegistry().bind("late", new ZendeskHttpClientConfigurer(connection));
    }

    static LateWorld unattended(ZendeskServer zendesk, Path directory) {
        return new LateWorld(zendesk, directory, "&authScheme=OAuthClient");
    }

    static LateWorld withoutAGrant(ZendeskServer zendesk, Path directory) {
        return new LateWorld(zendesk, directory, "&initiateOAuth=REFRESH");
    }

    static LateWorld withAGrant(ZendeskServer zendesk, Path directory) {
        OAuthClient client = zendesk.confidentialClient("app");
        String refreshToken = zendesk.issue(client, "read write").refreshToken();
        return new LateWorld(zendesk, client, directory, "&initiateOAuth=REFRESH&oauthRefreshToken=" + refreshToken);
    }

    TokenManager manager() {
        return camel.context.getEndpoint(connection, ZendeskAuthEndpoint.class).getTokenManager();
    }

    /** Has Zendesk end the token that the connection holds, without telling it. */
    void killTheToken() {
        String header = manager().authorization().join().headerValue();
        zendesk.revoke(header.substring("Bearer ".length()));
    }

    /** Has the stand-in insist on the whole body of a new ticket. */
    void wantTheWholeTicket() {
        zendesk.wireMock()
                .stubFor(WireMock.post(WireMock.urlPathEqualTo("/api/v2/tickets.json"))
                        .withRequestBody(WireMock.notMatching(".*printer.*"))
                        .atPriority(1)
                        .willReturn(WireMock.badRequest()));
    }

    ApiRequestSeen lastRequest() {
        return zendesk.apiRequests().get(zendesk.apiRequests().size() - 1);
    }

    @Override
    public void close() {
        camel.close();
        zendesk.wireMock().getStubMappings().stream()
                .filter(stub -> stub.getPriority() != null && stub.getPriority() == 1)
                .forEach(zendesk.wireMock()::removeStub);
    }
}

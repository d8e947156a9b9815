package io.github.camelzendesk.auth.handover;

import java.nio.file.Path;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.ZendeskAuthEndpoint;
import io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

/** A connection whose token is handed over late, for one test. */
public final class HandOverFixture implements AutoCloseable {
    static final String TICKET = "{\"ticket\":{\"subject\":\"My printer is on fire\"}}";

    final CamelFixture camel = new CamelFixture();
    public final ZendeskServer zendesk;
    final String connection;
    public final String tickets;

    HandOverFixture(ZendeskServer zendesk, Path directory, String options) {
        this(zendesk, zendesk.confidentialClient("app"), directory, options);
    }

    private HandOverFixture(ZendeskServer zendesk, RegisteredClient client, Path directory, String options) {
        this.zendesk = zendesk;
        connection = "zendesk-auth:acme?url=" + zendesk.url() + "&oauthClientId=app&oauthClientSecret="
                + client.secret() + "&oauthSettingsLocation=" + directory.resolve("s.json") + options;
        tickets = zendesk.url() + "/api/v2/tickets.json";
        camel.context.getRegistry().bind("late", new ZendeskHttpClientConfigurer(connection));
    }

    public static HandOverFixture unattended(ZendeskServer zendesk, Path directory) {
        return new HandOverFixture(zendesk, directory, "&authScheme=OAuthClient");
    }

    static HandOverFixture withoutAGrant(ZendeskServer zendesk, Path directory) {
        return new HandOverFixture(zendesk, directory, "&initiateOAuth=REFRESH");
    }

    static HandOverFixture withAGrant(ZendeskServer zendesk, Path directory) {
        RegisteredClient client = zendesk.confidentialClient("app");
        String refreshToken = zendesk.issue(client, "read write").refreshToken();
        return new HandOverFixture(
                zendesk, client, directory, "&initiateOAuth=REFRESH&oauthRefreshToken=" + refreshToken);
    }

    public TokenManager manager() {
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

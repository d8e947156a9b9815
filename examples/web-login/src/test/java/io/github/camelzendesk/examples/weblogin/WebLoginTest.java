package io.github.camelzendesk.examples.weblogin;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;

import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.IssuedSecrets;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class WebLoginTest {
    private static final String CONNECT = "Connect Zendesk";
    private static final String TICKET = "My printer is on fire";

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream systemOut = System.out;
    private ZendeskServer zendesk;
    private Running application;
    private Visitor visitor;

    @BeforeEach
    void start(ZendeskServer standIn) throws Exception {
        System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
        zendesk = standIn;
        application = Running.on(zendesk);
        visitor = new Visitor(application);
    }

    @AfterEach
    void stopAndLookForSecretsInTheLog() {
        application.close();
        System.setOut(systemOut);
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain(IssuedSecrets.all());
    }

    @Test
    void aVisitorConnectsAndSeesTheTickets() throws Exception {
        assertThat(visitor.page()).contains(CONNECT).doesNotContain(TICKET);

        URI callback = zendesk.user().approve(visitor.connect());
        assertThat(Visitor.location(visitor.get(callback))).hasToString("/");

        assertThat(visitor.page())
                .contains(TICKET, "Where is my order?", "agent@", "Access token no. 1", "Disconnect")
                .doesNotContain(CONNECT)
                .doesNotContain(IssuedSecrets.all());
    }

    @Test
    void aVisitorWhoDeniesIsToldSoAndStaysOutside() throws Exception {
        URI consent = visitor.connect();
        String refused = zendesk.user().deny(consent);
        // A browser without the visitor's cookie got that page: only theirs has a login under way.
        assertThat(refused).contains("not known here");

        HttpResponse<String> page = visitor.get("/callback?error=access_denied&error_description=denied");

        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("You chose Deny", "Try again");
        assertThat(visitor.page()).contains(CONNECT);
        assertThat(zendesk.tokenRequestCount()).isZero();
    }

    @Test
    void aCallbackWithAnotherStateIsRefusedAndItsCodeNotSpent() throws Exception {
        URI callback = zendesk.user().approve(visitor.connect());

        assertRefused(visitor.get(URI.create(callback.toString().replaceAll("state=[^&]+", "state=guessed"))));
    }

    @Test
    void aCallbackWithoutAStateIsRefused() throws Exception {
        URI callback = zendesk.user().approve(visitor.connect());

        assertRefused(visitor.get(URI.create(callback.toString().replaceAll("&state=[^&]+", ""))));
    }

    @Test
    void aCallbackThatComesAgainIsRefusedAndTheVisitorStaysConnected() throws Exception {
        URI callback = zendesk.user().approve(visitor.connect());
        visitor.get(callback);

        HttpResponse<String> again = visitor.get(callback);

        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
        assertThat(visitor.page()).contains(TICKET);
    }

    @Test
    void aCallbackInAnotherBrowserIsRefused() throws Exception {
        URI callback = zendesk.user().approve(visitor.connect());

        assertRefused(new Visitor(application).get(callback));
    }

    @Test
    void aCallbackOfSomebodyElsesLoginIsRefused() throws Exception {
        Visitor other = new Visitor(application);
        URI callback = zendesk.user().approve(other.connect());
        visitor.connect();

        assertRefused(visitor.get(callback));
    }

    private void assertRefused(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("not known here");
        assertThat(visitor.page()).contains(CONNECT);
        assertThat(zendesk.tokenRequestCount()).isZero();
    }

    @Test
    void visitorsAtTheSameTimeNeverMix() throws Exception {
        Visitor other = new Visitor(application);
        URI ours = visitor.connect();
        URI theirs = other.connect();
        other.get(zendesk.user().approve(theirs));
        assertThat(visitor.page()).contains(CONNECT);
        visitor.get(zendesk.user().approve(ours));

        assertThat(visitor.cookie()).isNotEqualTo(other.cookie());
        other.disconnect();

        assertThat(other.page()).contains(CONNECT);
        assertThat(visitor.page()).contains(TICKET);
        assertThat(zendesk.liveRefreshTokens()).hasSize(1);
    }

    @Test
    void disconnectingEndsTheGrantAtZendeskAndTheSession() throws Exception {
        connect();
        assertThat(zendesk.liveRefreshTokens()).hasSize(1);

        assertThat(Visitor.location(visitor.disconnect())).hasToString("/");

        assertThat(zendesk.liveRefreshTokens()).isEmpty();
        assertThat(visitor.page()).contains(CONNECT);
    }

    @Test
    void disconnectingAGrantThatZendeskEndedWorksToo() throws Exception {
        connect();
        String form = visitor.page().replaceAll("(?s).*name=\"token\" value=\"([^\"]+)\".*", "$1");
        revokeAtZendesk();

        assertThat(visitor.get("/").body())
                .contains("Zendesk has ended this login")
                .doesNotContain(TICKET);
        assertThat(Visitor.location(visitor.post("/disconnect", "token=" + form)))
                .hasToString("/");
        assertThat(visitor.page()).contains(CONNECT);
    }

    @Test
    void aSessionThatEndsTakesItsGrantAlong() throws Exception {
        connect();
        application.later(Duration.ofHours(7));
        assertThat(visitor.page()).contains(TICKET);

        application.later(Duration.ofHours(9));

        assertThat(visitor.page()).contains(CONNECT);
        assertThat(zendesk.liveRefreshTokens()).isEmpty();
    }

    @Test
    void aFormFromElsewhereDisconnectsNobody() throws Exception {
        connect();

        assertThat(visitor.post("/disconnect", "token=guessed").statusCode()).isEqualTo(403);
        assertThat(visitor.post("/disconnect", "").statusCode()).isEqualTo(403);
        assertThat(new Visitor(application).post("/disconnect", "token=x").statusCode())
                .isEqualTo(403);
        assertThat(visitor.get("/disconnect").statusCode()).isEqualTo(405);
        assertThat(visitor.page()).contains(TICKET);
    }

    @Test
    void theSessionGetsANewIdWithTheLogin() throws Exception {
        URI consent = visitor.connect();
        String before = visitor.cookie();
        visitor.get(zendesk.user().approve(consent));
        assertThat(visitor.cookie()).isNotEqualTo(before);
    }

    @Test
    void scriptsCannotReadTheCookieAndOtherSitesCannotSendIt() throws Exception {
        assertThat(visitor.get("/connect").headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly", "SameSite=Lax", "Path=/");
    }

    @Test
    void pagesAllowNoScriptNoFrameAndNoCopy() throws Exception {
        connect();
        Map<String, List<String>> headers = visitor.get("/").headers().map();
        assertThat(headers.get("content-security-policy").get(0))
                .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'");
        assertThat(headers)
                .containsKeys("x-content-type-options", "referrer-policy", "cache-control")
                .doesNotContainKeys("authorization", "set-cookie");
    }

    @Test
    void zendeskGetsNeitherTheCookieNorAnyOtherHeaderOfTheBrowser() throws Exception {
        connect();
        visitor.page();
        assertThat(zendesk.apiRequests()).isNotEmpty().allSatisfy(request -> assertThat(
                        request.headers().keySet())
                .noneMatch(name -> name.equalsIgnoreCase("cookie")));
    }

    @Test
    void whatATicketSaysIsTextAndNeverMarkup() throws Exception {
        connect();
        StubMapping hostile = zendesk.wireMock()
                .stubFor(
                        WireMock.get(WireMock.urlPathEqualTo("/api/v2/tickets.json"))
                                .willReturn(
                                        WireMock.okJson(
                                                "{\"tickets\":[{\"id\":7,\"subject\":\"<script>alert('{token}')</script>\",\"status\":\"\\\"open\"}]}")));
        try {
            assertThat(visitor.page())
                    .contains("&lt;script&gt;alert(&#39;{token}&#39;)", "&quot;open")
                    .doesNotContain("<script");
        } finally {
            zendesk.wireMock().removeStub(hostile);
        }
    }

    @Test
    void anotherNameOfThisMachineLeadsToTheOneOfTheCallback() throws Exception {
        URI other = URI.create(application.at("/").toString().replace("localhost", "127.0.0.1"));
        assertThat(Visitor.location(visitor.get(other))).isEqualTo(application.at("/"));
    }

    @Test
    void aPageSaysThatZendeskIsInTrouble() throws Exception {
        connect();
        zendesk.nextApiRequest(ApiFault.forbidden());

        HttpResponse<String> page = visitor.get("/");

        assertThat(page.statusCode()).isEqualTo(502);
        assertThat(page.body()).contains("does not answer as it should").doesNotContain(IssuedSecrets.all());
        assertThat(page.headers().map()).doesNotContainKey("authorization");
        assertThat(visitor.page()).contains(TICKET);
    }

    private void connect() throws Exception {
        visitor.get(zendesk.user().approve(visitor.connect()));
    }

    private void revokeAtZendesk() {
        zendesk.apiRequests().stream()
                .map(request -> request.headers().entrySet().stream()
                        .filter(header -> header.getKey().equalsIgnoreCase("authorization"))
                        .map(header -> header.getValue().replace("Bearer ", ""))
                        .findFirst()
                        .orElse(""))
                .filter(token -> !token.isEmpty())
                .forEach(zendesk::revoke);
    }
}

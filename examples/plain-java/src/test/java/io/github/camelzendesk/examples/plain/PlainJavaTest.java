package io.github.camelzendesk.examples.plain;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.client.TokenManagerBuilder;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.options.Options;
import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class PlainJavaTest {
    @Test
    void byHandTheTicketsAreCountedWithATokenThatDies(ZendeskServer zendesk) throws Exception {
        assertCounted(zendesk, Tickets::byHand);
    }

    @Test
    void theClientOfTheJdkCountsTheTicketsWithATokenThatDies(ZendeskServer zendesk) throws Exception {
        assertCounted(zendesk, Tickets::withTheJdk);
    }

    @Test
    void okHttpCountsTheTicketsWithATokenThatDies(ZendeskServer zendesk) throws Exception {
        assertCounted(zendesk, Tickets::withOkHttp);
    }

    @Test
    void zendeskJavaClientCountsTheTicketsWithATokenThatDies(ZendeskServer zendesk) throws Exception {
        assertCounted(zendesk, Tickets::withZendeskJavaClient);
    }

    private static void assertCounted(ZendeskServer zendesk, Way way) throws Exception {
        zendesk.createTicket("My printer is on fire");
        try (TokenManager acme = TokenManagerBuilder.connection("acme")
                .options(PlainJava.ofRobot(zendesk))
                .option(Options.OAUTH_SETTINGS_LOCATION, "memory:" + UUID.randomUUID())
                .open()) {
            zendesk.nextApiRequest(ApiFault.invalidToken());

            assertThat(way.count(new Tickets(acme))).isEqualTo(zendesk.tickets().size());
        }
        assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).containsExactly(401, 200);
    }

    private interface Way {
        int count(Tickets tickets) throws Exception;
    }

    @Test
    void camelIsNotOnTheClassPath() {
        assertThat(System.getProperty("java.class.path")).doesNotContain("camel-core", "camel-api", "camel-support");
    }

    @Test
    void theMainMethodRunsOnTheStandIn() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true));
        try {
            PlainJava.main(new String[0]);
        } finally {
            System.setOut(before);
        }

        assertThat(out.toString()).contains("By hand: ", "java.net.http: ", "OkHttp: ", "zendesk-java-client: ");
    }
}

package io.github.camelzendesk.examples.plain;

import java.time.Duration;

import io.github.camelzendesk.auth.client.TokenManagerBuilder;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.options.AuthScheme;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.Options;
import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

/**
 * Counts tickets with four HTTP clients and no Camel. With {@code ZENDESK_URL} set it does so on a real account, otherwise
 * on the stand-in. Stateless.
 */
public final class PlainJava {
    private static final Duration SHORT_LIFE = Duration.ofSeconds(5);

    private PlainJava() {}

    public static void main(String[] args) throws Exception {
        ConnectionOptions options = ConnectionOptions.ofEnvironment(System.getenv());
        if (options.isSet(Options.URL)) {
            System.out.println("ZENDESK_URL is set: this reads tickets on that account, four times.");
            run(options);
            return;
        }
        System.out.println("ZENDESK_URL is not set: this runs on a stand-in for Zendesk. Its tokens live for "
                + SHORT_LIFE.toSeconds() + " s, and it refuses the first one in mid-flight.");
        try (ZendeskServer zendesk = ZendeskServer.start()) {
            zendesk.accessTokenLifetime(SHORT_LIFE);
            zendesk.createTicket("My printer is on fire");
            zendesk.nextApiRequest(ApiFault.invalidToken());
            run(ofRobot(zendesk));
            System.out.printf(
                    "The stand-in saw %d token requests and %d calls.%n",
                    zendesk.tokenRequestCount(), zendesk.apiRequests().size());
        }
    }

    /** A client that nobody logs in for (RFC 6749 section 4.4), and settings in memory. */
    static ConnectionOptions ofRobot(ZendeskServer zendesk) {
        RegisteredClient robot = zendesk.confidentialClient("nightly-export");
        return ConnectionOptions.NONE
                .with(Options.URL, zendesk.url())
                .with(Options.AUTH_SCHEME, AuthScheme.OAuthClient)
                .with(Options.OAUTH_CLIENT_ID, robot.identifier())
                .with(Options.OAUTH_CLIENT_SECRET, robot.secret())
                .with(Options.OAUTH_SETTINGS_LOCATION, "memory:plain-java");
    }

    /** One manager for all of them: it is thread-safe, and keeps the token alive. */
    static void run(ConnectionOptions options) throws Exception {
        try (TokenManager acme =
                TokenManagerBuilder.connection("acme").options(options).open()) {
            Tickets tickets = new Tickets(acme);
            System.out.println("By hand:             " + tickets.byHand() + " tickets");
            System.out.println("java.net.http:       " + tickets.withTheJdk() + " tickets");
            System.out.println("OkHttp:              " + tickets.withOkHttp() + " tickets");
            System.out.println("zendesk-java-client: " + tickets.withZendeskJavaClient() + " tickets");
        }
    }
}

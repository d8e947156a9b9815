package io.github.camelzendesk.examples.weblogin;

import java.net.URI;

import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;
import org.apache.camel.spi.HeaderFilterStrategy;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;

/** The pages, as routes: each visitor's grant is a connection of its own. For one context. */
final class WebLoginRoutes extends RouteBuilder {
    private static final String LOG = "io.github.camelzendesk.examples";
    // In memory, as the sessions are: a grant that no session leads to any more would be of no use.
    private static final String ZENDESK =
            "zendesk-auth:web?oauthSettingsLocation=memory:${exchangeProperty.person}&operation=";
    private static final String TICKETS = "${exchangeProperty.account[url]}/api/v2/tickets.json"
            + "?httpMethod=GET&per_page=5&sort_by=updated_at&sort_order=desc";

    private final Sessions sessions;
    private final Visits visits;
    private final Answers answers;

    WebLoginRoutes(Sessions sessions, URI callback) {
        this.sessions = sessions;
        this.answers = new Answers();
        this.visits = new Visits(sessions, answers, Answers.origin(callback));
    }

    @Override
    public void configure() {
        onException(Refusal.class).handled(true).process(answers::refused);
        onException(AuthorizationRequired.class).handled(true).process(answers::loginNeeded);
        onException(Exception.class)
                .handled(true)
                .log(LoggingLevel.WARN, LOG, "${exception.class.simpleName}: ${exception.message}")
                .process(answers::trouble);
        getContext().getRegistry().bind("headers", headers());
        interceptFrom("platform-http:*").process(visits::checkAddress);
        pages();
        login();
        logout();
    }

    private void pages() {
        from(page("/style.css", "GET")).process(answers::style);
        from(page("/", "GET"))
                .process(visits::recall)
                .choice()
                .when(exchangeProperty(Visits.PERSON).isNull())
                .process(answers::welcome)
                .otherwise()
                .to("direct:account");
        from("direct:account")
                // What the browser sent, its cookie above all, is nothing for Zendesk.
                .removeHeaders("*")
                .toD(ZENDESK + "status")
                .setProperty("account", body())
                .setBody(constant((Object) null))
                .toD(ZENDESK + "authenticate")
                .toD(TICKETS)
                .removeHeader("Authorization")
                .unmarshal()
                .json()
                .setProperty("tickets", body())
                .toD(ZENDESK + "verify")
                .setProperty("who", body())
                .toD(ZENDESK + "status")
                .process(answers::account);
    }

    private void login() {
        from(page("/connect", "GET"))
                .process(visits::begin)
                .removeHeaders("*")
                .toD(ZENDESK + "authorizationUrl")
                .process(visits::leaveForZendesk);
        from(page("/callback", "GET"))
                .process(visits::comeBack)
                .toD(ZENDESK + "exchangeCode")
                .process(visits::arrive);
    }

    private void logout() {
        from(page("/disconnect", "POST"))
                // Ended already, at Zendesk: then there is nothing left to do there.
                .onException(AuthorizationRequired.class)
                .handled(true)
                .process(visits::forget)
                .end()
                .process(visits::checkForm)
                .removeHeaders("*")
                .toD(ZENDESK + "revoke")
                .process(visits::forget);
        from("timer:sessions?period=60000").to("direct:endSessions");
        from("direct:endSessions")
                .setBody(exchange -> sessions.takeExpired())
                .split(body())
                .setProperty(Visits.PERSON, body())
                .toD(ZENDESK + "revoke");
    }

    private static String page(String path, String method) {
        return "platform-http:" + path + "?httpMethodRestrict=" + method + "&headerFilterStrategy=#headers";
    }

    /** Camel's own, but for the header that keeps a page of tickets out of caches. */
    private static HeaderFilterStrategy headers() {
        HttpHeaderFilterStrategy strategy = new HttpHeaderFilterStrategy();
        strategy.getOutFilter().remove("cache-control");
        return strategy;
    }
}

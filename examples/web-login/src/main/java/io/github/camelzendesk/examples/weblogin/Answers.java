package io.github.camelzendesk.examples.weblogin;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.base.HttpOperationFailedException;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.examples.weblogin.Template.Markup;

/** What goes back to the browser. Immutable. */
final class Answers {
    private static final int UNAUTHORIZED = 401;
    private static final String HTML = "text/html; charset=utf-8";
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMMM, HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Template page = Template.load("page.html");
    private final Template welcome = Template.load("welcome.html");
    private final Template account = Template.load("account.html");
    private final Template ticket = Template.load("ticket.html");
    private final Template message = Template.load("message.html");
    private final String style = Template.read("style.css");

    static String origin(URI callback) {
        return callback.getScheme() + "://" + callback.getAuthority();
    }

    void style(Exchange exchange) {
        answer(exchange, 200, "text/css; charset=utf-8", style);
    }

    void welcome(Exchange exchange) {
        page(exchange, 200, "Your Zendesk tickets", welcome.with(Map.of()));
    }

    void account(Exchange exchange) {
        Map<?, ?> status = exchange.getMessage().getBody(Map.class);
        Map<?, ?> who = exchange.getProperty("who", Map.class);
        String url = String.valueOf(status.get("url"));
        page(
                exchange,
                200,
                "Your Zendesk tickets",
                account.with(Map.of(
                        "account", URI.create(url).getAuthority(),
                        "person", who.get("email") == null ? "somebody unknown" : who.get("email"),
                        "generation", status.get("generation"),
                        "until", until(status.get("expiresAt")),
                        "tickets", tickets(url, exchange.getProperty("tickets", Map.class)),
                        "token", Visits.session(exchange).formToken().reveal())));
    }

    private static String until(Object expiresAt) {
        return expiresAt == null ? "it is revoked" : TIME.format(Instant.parse(expiresAt.toString()));
    }

    private Markup tickets(String url, Map<?, ?> found) {
        List<?> tickets = found.get("tickets") instanceof List<?> list ? list : List.of();
        return new Markup(tickets.stream()
                .map(entry -> (Map<?, ?>) entry)
                .map(entry -> ticket.with(Map.of(
                                "link", url + "/agent/tickets/" + entry.get("id"),
                                "id", entry.get("id"),
                                "subject", String.valueOf(entry.get("subject")),
                                "status", String.valueOf(entry.get("status"))))
                        .html())
                .collect(Collectors.joining()));
    }

    void refused(Exchange exchange) {
        Refusal refusal = caught(exchange, Refusal.class);
        message(exchange, refusal.status(), refusal.title(), refusal.getMessage(), "Begin again");
    }

    void loginNeeded(Exchange exchange) {
        AuthorizationRequired error = caught(exchange, AuthorizationRequired.class);
        if ("access_denied".equals(error.error())) {
            message(exchange, 403, "Not connected", "You chose Deny, so nothing has changed.", "Try again");
        } else if (error.reason() == AuthorizationRequired.Reason.LOGIN_FAILED) {
            message(exchange, 400, "Not connected", "Zendesk did not accept this login.", "Try again");
        } else {
            ended(exchange);
        }
    }

    private void ended(Exchange exchange) {
        message(exchange, 401, "Please connect again", "Zendesk has ended this login.", "Connect");
    }

    void trouble(Exchange exchange) {
        if (caught(exchange, Exception.class) instanceof HttpOperationFailedException failed
                && failed.getStatusCode() == UNAUTHORIZED) {
            ended(exchange);
            return;
        }
        message(
                exchange,
                502,
                "Zendesk does not answer as it should",
                "The log of this application says more. Please try again in a minute.",
                "Back");
    }

    private static <T extends Exception> T caught(Exchange exchange, Class<T> type) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, type);
    }

    private void message(Exchange exchange, int status, String title, String text, String action) {
        String target = action.equals("Back") ? "/" : "/connect";
        page(
                exchange,
                status,
                title,
                message.with(Map.of("title", title, "text", text, "action", action, "target", target)));
    }

    /** See other: whatever the method was, the browser goes on with GET. */
    void redirect(Exchange exchange, String location, String cookie) {
        answer(exchange, 303, HTML, "");
        exchange.getMessage().setHeader("Location", location);
        if (cookie != null) {
            exchange.getMessage().setHeader("Set-Cookie", cookie);
        }
    }

    private void page(Exchange exchange, int status, String title, Markup content) {
        answer(
                exchange,
                status,
                HTML,
                page.with(Map.of("title", title, "content", content)).html());
    }

    /** Begins with no header at all: none of a request to Zendesk may go to the browser. */
    private static void answer(Exchange exchange, int status, String type, String body) {
        Message answer = exchange.getMessage();
        answer.removeHeaders("*");
        answer.setBody(body);
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        answer.setHeader(Exchange.CONTENT_TYPE, type);
        answer.setHeader("Content-Security-Policy", POLICY);
        answer.setHeader("X-Content-Type-Options", "nosniff");
        answer.setHeader("Referrer-Policy", "no-referrer");
        answer.setHeader("Cache-Control", "no-store");
    }
}

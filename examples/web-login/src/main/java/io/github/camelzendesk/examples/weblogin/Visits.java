package io.github.camelzendesk.examples.weblogin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

import io.github.camelzendesk.auth.ZendeskAuthConstants;
import io.github.camelzendesk.auth.settings.Secret;

/** The steps of the routes that concern the browser's session. Thread-safe. */
final class Visits {
    /** The exchange property that names the visitor's connection. */
    static final String PERSON = "person";

    private static final String SESSION = "session";

    private final Sessions sessions;
    private final Answers answers;
    private final String origin;

    Visits(Sessions sessions, Answers answers, String origin) {
        this.sessions = sessions;
        this.answers = answers;
        this.origin = origin;
    }

    /** Cookies belong to a host: who came by another name of this machine would be a stranger at the callback. */
    void checkAddress(Exchange exchange) {
        String address = exchange.getMessage().getHeader(Exchange.HTTP_URL, String.class);
        // Without the scheme, which differs behind a proxy that speaks https.
        if (address != null && !afterScheme(address).startsWith(afterScheme(origin) + "/")) {
            answers.redirect(exchange, origin + "/", null);
            exchange.setRouteStop(true);
        }
    }

    private static String afterScheme(String address) {
        return address.substring(address.indexOf("://") + 1);
    }

    void recall(Exchange exchange) {
        find(exchange).filter(Session::isConnected).ifPresent(session -> keep(exchange, session));
    }

    void begin(Exchange exchange) {
        keep(exchange, find(exchange).orElseGet(sessions::begin));
    }

    void leaveForZendesk(Exchange exchange) {
        Message message = exchange.getMessage();
        Session session = session(exchange);
        sessions.expect(
                session,
                message.getHeader(ZendeskAuthConstants.STATE, String.class),
                message.getHeader(ZendeskAuthConstants.PKCE_VERIFIER, String.class));
        answers.redirect(exchange, message.getBody(String.class), sessions.cookie(session));
    }

    void comeBack(Exchange exchange) {
        Message message = exchange.getMessage();
        String query = Optional.ofNullable(message.getHeader(Exchange.HTTP_QUERY, String.class))
                .orElse("");
        Session session = find(exchange).orElseThrow(Visits::unknownLogin);
        Session.Login login = sessions.takeLogin(session).orElseThrow(Visits::unknownLogin);
        // A refusal may come without it; a code must not.
        if (!matches(login.state(), parameter(query, "state")) && parameter(query, "error") == null) {
            throw unknownLogin();
        }
        keep(exchange, session);
        message.removeHeaders("*");
        message.setHeader(ZendeskAuthConstants.CODE, "?" + query);
        message.setHeader(ZendeskAuthConstants.STATE, login.state().reveal());
        message.setHeader(ZendeskAuthConstants.PKCE_VERIFIER, login.verifier().reveal());
    }

    void arrive(Exchange exchange) {
        Session connected = sessions.connected(session(exchange));
        answers.redirect(exchange, "/", sessions.cookie(connected));
    }

    void checkForm(Exchange exchange) {
        Session session = find(exchange)
                .filter(Session::isConnected)
                .orElseThrow(() -> new Refusal(403, "Not connected", "There is nothing to disconnect."));
        Map<?, ?> form = exchange.getMessage().getBody(Map.class);
        if (form == null || !(form.get("token") instanceof String token) || !matches(session.formToken(), token)) {
            throw new Refusal(403, "Not disconnected", "That form did not come from here. Please use the button.");
        }
        keep(exchange, session);
    }

    void forget(Exchange exchange) {
        sessions.end(session(exchange));
        answers.redirect(exchange, "/", sessions.noCookie());
    }

    static Session session(Exchange exchange) {
        return exchange.getProperty(SESSION, Session.class);
    }

    private static void keep(Exchange exchange, Session session) {
        exchange.setProperty(SESSION, session);
        exchange.setProperty(PERSON, session.person());
    }

    private Optional<Session> find(Exchange exchange) {
        return sessions.find(exchange.getMessage().getHeader("Cookie", String.class));
    }

    private static Refusal unknownLogin() {
        return new Refusal(
                400,
                "This login is not known here",
                "It was begun in another browser, took too long, or is over already. Please begin again.");
    }

    private static String parameter(String query, String name) {
        return Arrays.stream(query.split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst()
                .orElse(null);
    }

    /** Takes as long for a near miss as for any other. */
    private static boolean matches(Secret expected, String actual) {
        return actual != null
                && MessageDigest.isEqual(
                        expected.reveal().getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
    }
}

package io.github.camelzendesk.auth.cli.internal.doctor;

import java.io.IOException;
import java.net.URI;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.cli.internal.doctor.Probe.Reply;
import io.github.camelzendesk.auth.login.LoopbackLogin;
import io.github.camelzendesk.auth.login.Pkce;
import io.github.camelzendesk.auth.oauth.AuthorizationUrl;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials.Grant;

/**
 * Whether a person could log in. Opens the page where a person consents (RFC 6749 section 4.1.1), and consents to nothing.
 * For one thread.
 */
final class LoginChecks {
    private static final Pattern ERROR = Pattern.compile("(?:^|&)error=([a-z_]{1,40})(?:&|$)");
    private static final String CHALLENGE = "&code_challenge=";

    private final Grant grant;
    private final URI page;
    private final Probe probe;
    private final Predicate<URI> isFree;
    private final Machine machine;
    private @Nullable Reply shown;

    /** @param isFree whether a callback to this address could be received */
    LoginChecks(Connection connection, Grant grant, Probe probe, Predicate<URI> isFree, Machine machine) {
        this.grant = grant;
        this.page = AuthorizationUrl.of(connection, grant)
                .with(Pkce.state(), Pkce.create().challenge());
        this.probe = probe;
        this.isFree = isFree;
        this.machine = machine;
    }

    /** Zendesk shows an error of this kind on its page, and does not send it to the callback. */
    Finding redirect() throws IOException {
        Reply reply = shown();
        if (reply.isSuccess()) {
            return Finding.ok("Zendesk accepts " + grant.redirectUri() + " and the scope '" + grant.scope() + "'");
        }
        if (reply.location() != null) {
            return redirected(reply.location());
        }
        return reply.status() == 429 || reply.status() >= 500
                ? Finding.notChecked("Zendesk answered " + reply.status(), "Try again later.")
                : Finding.fail(
                        "Zendesk does not open the login page for the client '"
                                + grant.client().identifier() + "' with callbackUrl " + grant.redirectUri()
                                + " (status " + reply.status() + ")",
                        "Register " + grant.redirectUri()
                                + ", in just these characters, as a redirect URL of that client, or set callbackUrl to one"
                                + " that is registered; check scope.");
    }

    private Reply shown() throws IOException {
        if (shown == null) {
            shown = probe.get(page.toString());
        }
        return shown;
    }

    /** Either to a sign-in, or back with an error (RFC 6749 section 4.1.2.1). */
    private Finding redirected(URI location) {
        Matcher error = ERROR.matcher(String.valueOf(location.getQuery()));
        if (error.find()) {
            return Finding.fail(
                    "Zendesk refuses a login of the client '" + grant.client().identifier() + "' with the scope '"
                            + grant.scope() + "' (" + error.group(1) + ")",
                    "Correct scope, or the client's allowed scopes and kind in Admin Center.");
        }
        return Finding.ok(
                "Zendesk asks for a sign-in first: whether " + grant.redirectUri() + " is registered shows after it");
    }

    /** Without a proof key (RFC 7636) the page opens for a confidential client alone. */
    Finding kind() throws IOException {
        boolean configuredPublic = grant.client().secret() == null;
        String configured = configuredPublic ? "public" : "confidential";
        Reply proven = shown();
        if (!proven.isSuccess()) {
            return proven.location() == null
                    ? Finding.notChecked("the login page does not open", "Correct first what 'redirect' says.")
                    : Finding.ok("configured as " + configured + "; Zendesk does not tell the kind before a sign-in");
        }
        String all = page.toString();
        boolean confidential =
                probe.get(all.substring(0, all.indexOf(CHALLENGE))).isSuccess();
        if (confidential != configuredPublic) {
            return Finding.ok(configured + ", as it is registered");
        }
        return configuredPublic
                ? Finding.warn(
                        "oauthClientKind is public, and the client is registered as confidential, so refreshes"
                                + " without its secret may be refused",
                        "Set oauthClientKind=confidential and oauthClientSecret, or make the client public in Admin"
                                + " Center.")
                : Finding.warn(
                        "oauthClientKind is confidential, and the client is registered as public",
                        "Set oauthClientKind=public, or make the client confidential in Admin Center.");
    }

    Finding port() {
        if (!LoopbackLogin.canReceive(grant.redirectUri())) {
            return Finding.ok("not needed: " + grant.redirectUri() + " does not come to this machine");
        }
        URI callback = URI.create(grant.redirectUri().trim());
        int port = callback.getPort() < 0 ? 80 : callback.getPort();
        if (isFree.test(callback)) {
            return Finding.ok("port " + port + " is free for the callback of a login");
        }
        OptionalLong holder = machine.listener(port);
        return Finding.warn(
                "port " + port + " is taken" + (holder.isPresent() ? " by " + Machine.process(holder.getAsLong()) : ""),
                "A login through the browser needs it: end that program, register another redirect URL and set"
                        + " callbackUrl to it, or use 'zendesk-auth login --no-browser'.");
    }
}

package io.github.camelzendesk.auth.cli.internal.doctor;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/**
 * What an exception on the way to Zendesk means, and the remedy. Immutable.
 *
 * @param ignoredVariable a variable that names a proxy, which Java does not read; null without one
 */
record NetworkTrouble(URI account, Proxy proxy, @Nullable String ignoredVariable) {
    private static final Pattern CONNECT_REFUSED = Pattern.compile("Unexpected response code for CONNECT: (\\d+)");
    private static final String PROXY_OPTIONS = "Correct proxyHost and proxyPort, or have the proxy started.";

    Finding finding(IOException error) {
        String message = String.valueOf(error.getMessage());
        if (message.contains("(407)")) {
            return proxyAsks(message);
        }
        Matcher refused = CONNECT_REFUSED.matcher(message);
        if (refused.find()) {
            return Finding.fail(
                    "the proxy " + shown(proxy) + " does not connect to " + account.getHost() + " (status "
                            + refused.group(1) + ")",
                    "Have it allow " + account.getHost() + ", or set proxyHost and proxyPort to another proxy.");
        }
        return error instanceof SSLException tls ? ofTls(tls) : ofConnection(error);
    }

    /** The core's own words, which name the options. */
    private static Finding proxyAsks(String message) {
        String[] parts = message.split(": ", 2);
        return Finding.fail(
                parts[0],
                parts.length < 2
                        ? "Set proxyUser and proxyPassword."
                        : parts[1].substring(0, 1).toUpperCase(Locale.ROOT) + parts[1].substring(1) + ".");
    }

    private Finding ofTls(SSLException error) {
        if (has(error, CertificateExpiredException.class) || has(error, CertificateNotYetValidException.class)) {
            return Finding.fail(
                    "the certificate of " + account.getHost() + " is not valid by the clock here",
                    "Check the date of this machine. If it is right, the server or the proxy needs another certificate.");
        }
        if (has(error, CertPathBuilderException.class) || has(error, CertPathValidatorException.class)) {
            return Finding.fail(
                    "the certificate of " + account.getHost() + " is of no CA that this Java trusts",
                    "If a proxy of your company opens TLS, put its CA into a trust store, and set"
                            + " JAVA_TOOL_OPTIONS='-Djavax.net.ssl.trustStore=ca.p12"
                            + " -Djavax.net.ssl.trustStorePassword=...'; docs/network.adoc, 'A private CA'. If not, do"
                            + " not go on: another server answers.");
        }
        return error instanceof SSLPeerUnverifiedException
                ? Finding.fail(
                        "the certificate that " + account.getHost() + " shows is of another host",
                        "Set url to the name that the certificate has, or have the name resolve to the right server.")
                : Finding.fail(
                        "TLS with " + account.getAuthority() + " failed ("
                                + LogSafeText.oneLine(String.valueOf(error.getMessage())) + ")",
                        "Check that the port in url is one for https, and what stands between.");
    }

    private Finding ofConnection(IOException error) {
        if (error instanceof UnknownHostException) {
            return isDirect()
                    ? Finding.fail(
                            "the name " + account.getHost() + " is not resolved",
                            variable("Check url and the DNS server."))
                    : Finding.fail(
                            "the name of the proxy " + shown(proxy) + " is not resolved",
                            "Correct proxyHost, or https.proxyHost of the JVM.");
        }
        if (error instanceof ConnectException || error instanceof NoRouteToHostException) {
            return isDirect()
                    ? Finding.fail(
                            "nothing listens at " + account.getAuthority() + ", or a firewall refuses",
                            variable(
                                    "Check the port in url. Where a proxy is the only way out, set proxyHost and proxyPort."))
                    : Finding.fail("the proxy " + shown(proxy) + " is not reached", PROXY_OPTIONS);
        }
        return ofExchange(error);
    }

    private Finding ofExchange(IOException error) {
        String peer = isDirect() ? account.getAuthority() : "the proxy " + shown(proxy);
        if (error instanceof InterruptedIOException) {
            return Finding.fail(
                    peer + " has not answered for " + Probe.LIMIT.toSeconds() + " s",
                    isDirect()
                            ? variable(
                                    "A firewall may drop what is sent: where a proxy is the only way out, set proxyHost and"
                                            + " proxyPort.")
                            : PROXY_OPTIONS);
        }
        String what = error instanceof SocketException ? "the connection broke" : "no usable answer came";
        return Finding.fail(
                what + " (" + LogSafeText.oneLine(error) + ")",
                variable("Check url, the proxy and the firewalls on the way."));
    }

    private String variable(String remedy) {
        return ignoredVariable == null
                ? remedy
                : remedy + " The variable " + ignoredVariable + " is set, and Java does not read it: set proxyHost and"
                        + " proxyPort to what it says.";
    }

    private boolean isDirect() {
        return proxy.type() == Proxy.Type.DIRECT;
    }

    /** Without user and password, which an address of a proxy has no place for. */
    static String shown(Proxy proxy) {
        return proxy.address() instanceof InetSocketAddress address
                ? proxy.type().name().toLowerCase(Locale.ROOT) + "://" + address.getHostString() + ":"
                        + address.getPort()
                : "unknown";
    }

    private static boolean has(Throwable error, Class<? extends Throwable> type) {
        return Stream.iterate(error, Objects::nonNull, Throwable::getCause).anyMatch(type::isInstance);
    }
}

package io.github.camelzendesk.auth.cli.internal.doctor;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class NetworkTroubleTest {
    private static final URI ACCOUNT = URI.create("https://acme.zendesk.com");
    private static final Proxy PROXY =
            new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.acme.test", 3128));

    @ParameterizedTest
    @MethodSource("direct")
    void eachKindOfTroubleHasItsRemedy(IOException error, String seen, String remedy) {
        Finding finding = new NetworkTrouble(ACCOUNT, Proxy.NO_PROXY, null).finding(error);

        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.seen()).contains(seen);
        assertThat(finding.remedy()).contains(remedy).endsWith(".");
    }

    static Stream<Arguments> direct() {
        return Stream.of(
                Arguments.of(new UnknownHostException("x"), "the name acme.zendesk.com is not resolved", "Check url"),
                Arguments.of(new ConnectException("refused"), "nothing listens at acme.zendesk.com", "port in url"),
                Arguments.of(new InterruptedIOException("timeout"), "has not answered for 5 s", "firewall"),
                Arguments.of(new EOFException(), "no usable answer came", "firewalls"),
                Arguments.of(
                        caused(new SSLHandshakeException("x"), new CertPathBuilderException("y")),
                        "of no CA that this Java trusts",
                        "-Djavax.net.ssl.trustStore=ca.p12"),
                Arguments.of(
                        caused(new SSLHandshakeException("x"), new CertificateExpiredException("y")),
                        "not valid by the clock here",
                        "Check the date"),
                Arguments.of(new SSLPeerUnverifiedException("x"), "shows is of another host", "Set url"),
                Arguments.of(
                        new SSLException("Unsupported or unrecognized SSL message"),
                        "TLS with acme.zendesk.com failed (Unsupported or unrecognized SSL message)",
                        "one for https"));
    }

    @ParameterizedTest
    @MethodSource("proxied")
    void theProxyIsToBlameForWhatHappensAtIt(IOException error, String seen, String remedy) {
        Finding finding = new NetworkTrouble(ACCOUNT, PROXY, null).finding(error);

        assertThat(finding.seen()).contains(seen);
        assertThat(finding.remedy()).contains(remedy).endsWith(".");
    }

    static Stream<Arguments> proxied() {
        return Stream.of(
                Arguments.of(
                        new UnknownHostException("x"),
                        "the name of the proxy http://proxy.acme.test:3128 is not resolved",
                        "Correct proxyHost"),
                Arguments.of(
                        new ConnectException("refused"),
                        "the proxy http://proxy.acme.test:3128 is not reached",
                        "Correct proxyHost and proxyPort"),
                Arguments.of(
                        new IOException("the proxy asks for a user (407): set proxyHost, and more"),
                        "the proxy asks for a user (407)",
                        "Set proxyHost, and more"),
                Arguments.of(
                        new IOException("Unexpected response code for CONNECT: 403"),
                        "does not connect to acme.zendesk.com (status 403)",
                        "Have it allow"));
    }

    @Test
    void aVariableThatJavaDoesNotReadIsNamed() {
        NetworkTrouble trouble = new NetworkTrouble(ACCOUNT, Proxy.NO_PROXY, "HTTPS_PROXY");

        assertThat(trouble.finding(new ConnectException("refused")).remedy())
                .contains("HTTPS_PROXY is set, and Java does not read it");
    }

    private static IOException caused(IOException error, Exception cause) {
        error.initCause(cause);
        return error;
    }
}

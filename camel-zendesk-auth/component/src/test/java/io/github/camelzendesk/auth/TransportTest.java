package io.github.camelzendesk.auth;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;

import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.testkit.OAuthClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class TransportTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path directory;

    @Test
    void aTokenRequestGoesThroughTheProxy(ZendeskServer zendesk) {
        OAuthClient client = zendesk.confidentialClient("robot");
        try (Camel camel = new Camel()) {
            // Nothing listens at the address itself: only what asks the proxy for it can succeed.
            assertThat(camel.authorization("zendesk-auth:acme?url=http://localhost:1&authScheme=OAuthClient"
                            + "&oauthClientId=robot&oauthClientSecret=" + client.secret()
                            + "&proxyHost=127.0.0.1&proxyPort=" + zendesk.port()
                            + "&oauthSettingsLocation=memory:" + UUID.randomUUID()))
                    .startsWith("Bearer ");
        }
    }

    @Test
    void aPrivateCertificateIsTrustedOnlyThroughSslContextParameters() throws Exception {
        Path keys = selfSigned();
        WireMockServer server = new WireMockServer(WireMockConfiguration.wireMockConfig()
                .dynamicHttpsPort()
                .httpDisabled(true)
                .keystorePath(keys.toString())
                .keystorePassword(PASSWORD)
                .keyManagerPassword(PASSWORD)
                .keystoreType("PKCS12"));
        server.stubFor(WireMock.post("/oauth/tokens")
                .willReturn(WireMock.okJson("{\"access_token\":\"over-tls\",\"expires_in\":1800}")));
        server.start();
        String uri = "zendesk-auth:acme?url=https://localhost:" + server.httpsPort()
                + "&authScheme=OAuthClient&oauthClientId=robot&oauthClientSecret=s&oauthSettingsLocation=memory:";
        try (Camel camel = new Camel()) {
            camel.context.getRegistry().bind("tls", trusting(keys));

            assertThat(camel.authorization(uri + UUID.randomUUID() + "&sslContextParameters=#tls"))
                    .isEqualTo("Bearer over-tls");
            assertThat(camel.send(uri + UUID.randomUUID()).getException())
                    .isInstanceOf(TokenEndpointUnavailable.class)
                    .hasMessageContaining("Nothing was sent");
        } finally {
            server.stop();
        }
    }

    @Test
    void aTrustedCertificateOfAnotherHostIsRefusedBeforeAnythingIsSent() throws Exception {
        Path keys = selfSigned();
        WireMockServer server = new WireMockServer(WireMockConfiguration.wireMockConfig()
                .dynamicHttpsPort()
                .httpDisabled(true)
                .keystorePath(keys.toString())
                .keystorePassword(PASSWORD)
                .keyManagerPassword(PASSWORD)
                .keystoreType("PKCS12"));
        server.start();
        try (Camel camel = new Camel()) {
            camel.context.getRegistry().bind("tls", trusting(keys));

            assertThat(camel.send("zendesk-auth:acme?url=https://127.0.0.1:" + server.httpsPort()
                                    + "&authScheme=OAuthClient&oauthClientId=robot&oauthClientSecret=s"
                                    + "&sslContextParameters=#tls&oauthSettingsLocation=memory:" + UUID.randomUUID())
                            .getException())
                    .isInstanceOf(TokenEndpointUnavailable.class)
                    .hasMessageContaining("Nothing was sent")
                    .hasMessageContaining("not verified");
            assertThat(server.getAllServeEvents()).isEmpty();
        } finally {
            server.stop();
        }
    }

    private Path selfSigned() throws IOException, InterruptedException {
        Path keys = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "zendesk",
                        "-keyalg",
                        "RSA",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost")
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        return keys;
    }

    private static SSLContextParameters trusting(Path keys) {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + keys);
        store.setPassword(PASSWORD);
        store.setType("PKCS12");
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(store);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(trust);
        return parameters;
    }
}

package io.github.camelzendesk.auth.routes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;

import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.ZendeskAuthComponent;
import io.github.camelzendesk.auth.ZendeskAuthEndpoint;
import io.github.camelzendesk.auth.client.okhttp.ZendeskOkHttpInterceptor;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.SelfSigned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import okhttp3.Credentials;
import okhttp3.OkHttpClient;

@ExtendWith(ZendeskExtension.class)
class TransportTest {
    @TempDir
    private static Path directory;

    private static Path keys;

    @Test
    void aTokenRequestGoesThroughTheProxyWithinTls() throws Exception {
        WireMockServer server = tlsServer("tunnelled");
        try (Tunnel proxy = new Tunnel(server.httpsPort());
                CamelFixture camel = new CamelFixture()) {
            camel.context.getRegistry().bind("tls", trusting());

            // Nothing listens at the address itself: only what asks the proxy for it can succeed.
            assertThat(camel.authorization("zendesk-auth:acme?url=https://localhost:1&authScheme=OAuthClient"
                            + "&oauthClientId=robot&oauthClientSecret=h1dden&sslContextParameters=#tls&joinTimeout=60s"
                            + "&proxyHost=127.0.0.1&proxyPort=" + proxy.port() + "&oauthSettingsLocation=memory:"
                            + UUID.randomUUID()))
                    .isEqualTo("Bearer tunnelled");
            assertThat(proxy.asked()).startsWith("CONNECT localhost:1 ").doesNotContain("h1dden");
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxyHost", "ProxyServer"})
    void aProxyThatAsksWhoWeAreIsTold(String spelling) throws Exception {
        WireMockServer server = tlsServer("tunnelled");
        try (Tunnel proxy = new Tunnel(server.httpsPort(), Credentials.basic("joe", "sek+ret&"));
                CamelFixture camel = new CamelFixture()) {
            camel.context.getRegistry().bind("tls", trusting());

            assertThat(camel.authorization(behind(proxy).replace("proxyHost", spelling)
                            + "&proxyUser=joe&proxyPassword=RAW(sek+ret&)"))
                    .isEqualTo("Bearer tunnelled");
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'set proxyHost, proxyPort, proxyUser and proxyPassword'",
        "&proxyUser=joe&proxyPassword=sekret, 'does not accept proxyUser and proxyPassword (407): correct them'",
    })
    void aProxyThatRefusesUsIsToldByTheNamesOfItsOptions(String options, String remedy) throws Exception {
        try (Tunnel proxy = new Tunnel(1, Credentials.basic("joe", "another"));
                CamelFixture camel = new CamelFixture()) {
            assertThat(camel.send(behind(proxy).replace("&sslContextParameters=#tls", "") + options)
                            .getException())
                    .isInstanceOf(TokenEndpointUnavailable.class)
                    .hasMessageContaining("Nothing was sent")
                    .hasMessageContaining(remedy)
                    .hasMessageNotContaining("sekret");
        }
    }

    private static String behind(Tunnel proxy) {
        return "zendesk-auth:acme?url=https://localhost:1&authScheme=OAuthClient&oauthClientId=robot"
                + "&oauthClientSecret=h1dden&sslContextParameters=#tls&joinTimeout=60s&proxyHost=127.0.0.1&proxyPort="
                + proxy.port() + "&oauthSettingsLocation=memory:" + UUID.randomUUID();
    }

    @ParameterizedTest
    @CsvSource({
        "url=http://localhost:1, url",
        "url=http://127.0.0.1:1&authScheme=Basic&user=u&password=p, url",
        "url=acme&tokenEndpointPath=http://localhost:1/oauth/tokens, tokenEndpointPath",
    })
    void aProxyForAPlainHttpAddressIsRefusedWithTheWayOut(String options, String culprit) {
        String scheme = options.contains("authScheme") ? "" : "&authScheme=OAuthClient";
        try (CamelFixture camel = new CamelFixture()) {
            Throwable thrown = catchThrowable(() -> camel.authorization("zendesk-auth:acme?" + options + scheme
                    + "&oauthClientId=robot&oauthClientSecret=h1dden&proxyHost=127.0.0.1&proxyPort=1"));

            assertThat(thrown)
                    .rootCause()
                    .isInstanceOf(ConfigurationRefused.class)
                    .message()
                    .contains("proxyHost", culprit, "https", "in the clear")
                    .doesNotContain("h1dden");
        }
    }

    @Test
    void aClientThatAsksAManagerOfTheSameGrantForATokenObtainsThatToken(ZendeskServer zendesk) throws Exception {
        RegisteredClient client = zendesk.confidentialClient("app");
        String uri = "zendesk-auth:acme?initiateOAuth=REFRESH&oauthClientId=app&oauthClientSecret=" + client.secret()
                + "&oauthRefreshToken=" + zendesk.issue(client, "read write").refreshToken() + "&url=" + zendesk.url()
                + "&oauthSettingsLocation=" + directory.resolve("s.json");
        try (CamelFixture camel = new CamelFixture()) {
            TokenManager manager =
                    camel.context.getEndpoint(uri, ZendeskAuthEndpoint.class).getTokenManager();
            camel.context
                    .getRegistry()
                    .bind(
                            "installed",
                            ZendeskOkHttpInterceptor.install(new OkHttpClient.Builder(), manager)
                                    .build());

            assertThat(camel.authorization(uri + "&okHttpClient=#installed")).startsWith("Bearer ");
            assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void aPlainHttpAddressGoesThroughNoProxyOfTheJvmEither(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("robot");
        Map<String, String> jvm =
                Map.of("http.proxyHost", "127.0.0.1", "http.proxyPort", "1", "http.nonProxyHosts", "");
        try (CamelFixture camel = new CamelFixture()) {
            jvm.forEach(System::setProperty);
            assertThat(camel.authorization(
                            "zendesk-auth:acme?authScheme=OAuthClient&joinTimeout=60s&url=" + zendesk.url()
                                    + "&oauthClientId=robot&oauthClientSecret=" + client.secret()
                                    + "&oauthSettingsLocation=memory:" + UUID.randomUUID()))
                    .startsWith("Bearer ");
        } finally {
            jvm.keySet().forEach(System::clearProperty);
        }
    }

    @Test
    void aPrivateCertificateIsTrustedOnlyThroughSslContextParameters() throws Exception {
        WireMockServer server = tlsServer("over-tls");
        String uri = "zendesk-auth:acme?url=https://localhost:" + server.httpsPort()
                + "&authScheme=OAuthClient&oauthClientId=robot&oauthClientSecret=s&oauthSettingsLocation=memory:";
        try (CamelFixture camel = new CamelFixture()) {
            camel.context.getRegistry().bind("tls", trusting());

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
    void aTrustManagerOfAnotherFrameworkIsTrusted() throws Exception {
        WireMockServer server = tlsServer("over-tls");
        try (CamelFixture camel = new CamelFixture()) {
            TrustManagersParameters trust = new TrustManagersParameters();
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(KeyStore.getInstance(keys.toFile(), SelfSigned.PASSWORD.toCharArray()));
            trust.setTrustManager(factory.getTrustManagers()[0]);
            SSLContextParameters tls = new SSLContextParameters();
            tls.setTrustManagers(trust);
            camel.context.getRegistry().bind("acmeTls", tls);

            assertThat(camel.authorization("zendesk-auth:acme?url=https://localhost:" + server.httpsPort()
                            + "&authScheme=OAuthClient&oauthClientId=robot&oauthClientSecret=s"
                            + "&sslContextParameters=#acmeTls&oauthSettingsLocation=memory:" + UUID.randomUUID()))
                    .isEqualTo("Bearer over-tls");
        } finally {
            server.stop();
        }
    }

    @Test
    void theTlsOfTheContextIsUsedWhereTheComponentSaysSo() throws Exception {
        WireMockServer server = tlsServer("over-tls");
        String uri = "zendesk-auth:acme?url=https://localhost:" + server.httpsPort()
                + "&authScheme=OAuthClient&oauthClientId=robot&oauthClientSecret=s&oauthSettingsLocation=memory:";
        try (CamelFixture camel = new CamelFixture()) {
            camel.context.setSSLContextParameters(trusting());

            assertThat(camel.send(uri + UUID.randomUUID()).getException()).isInstanceOf(TokenEndpointUnavailable.class);
            camel.context
                    .getComponent("zendesk-auth", ZendeskAuthComponent.class)
                    .setUseGlobalSslContextParameters(true);
            assertThat(camel.authorization(uri + UUID.randomUUID())).isEqualTo("Bearer over-tls");
        } finally {
            server.stop();
        }
    }

    @Test
    void aTrustedCertificateOfAnotherHostIsRefusedBeforeAnythingIsSent() throws Exception {
        WireMockServer server = tlsServer();
        try (CamelFixture camel = new CamelFixture()) {
            camel.context.getRegistry().bind("tls", trusting());

            assertThat(camel.send("zendesk-auth:acme?url=https://127.0.0.1:" + server.httpsPort()
                                    + "&authScheme=OAuthClient&oauthClientId=robot&oauthClientSecret=s"
                                    + "&sslContextParameters=#tls&oauthSettingsLocation=memory:" + UUID.randomUUID())
                            .getException())
                    .isInstanceOf(TokenEndpointUnavailable.class)
                    .hasMessageContaining("Nothing was sent")
                    .hasMessageContaining("not verified")
                    .message()
                    .hasLineCount(1);
            assertThat(server.getAllServeEvents()).isEmpty();
        } finally {
            server.stop();
        }
    }

    /** One that answers each token request with this access token. */
    private static WireMockServer tlsServer(String accessToken) {
        WireMockServer server = tlsServer();
        server.stubFor(WireMock.post("/oauth/tokens")
                .willReturn(WireMock.okJson("{\"access_token\":\"" + accessToken + "\",\"expires_in\":1800}")));
        return server;
    }

    private static WireMockServer tlsServer() {
        WireMockServer server = new WireMockServer(WireMockConfiguration.wireMockConfig()
                .dynamicHttpsPort()
                .httpDisabled(true)
                .keystorePath(keys.toString())
                .keystorePassword(SelfSigned.PASSWORD)
                .keyManagerPassword(SelfSigned.PASSWORD)
                .keystoreType("PKCS12"));
        server.start();
        return server;
    }

    /** An HTTP proxy that knows CONNECT, once, and leads to this port whatever is asked for. */
    private static final class Tunnel implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        private final CompletableFuture<String> asked = new CompletableFuture<>();

        private final String expected; // Proxy-Authorization, null when anybody may pass

        Tunnel(int port) throws IOException {
            this(port, null);
        }

        Tunnel(int port, String expected) throws IOException {
            this.expected = expected;
            start(() -> serve(port));
        }

        int port() {
            return listener.getLocalPort();
        }

        String asked() {
            return asked.orTimeout(1, TimeUnit.MINUTES).join();
        }

        private void serve(int port) throws IOException {
            Socket client = listener.accept();
            String head = head(client);
            while (expected != null && !head.contains("Proxy-Authorization: " + expected)) {
                client.getOutputStream()
                        .write(("HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"acme\"\r\n"
                                        + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                client.close();
                client = listener.accept();
                head = head(client);
            }
            asked.complete(head);
            lead(client, port);
        }

        private static String head(Socket client) throws IOException {
            StringBuilder head = new StringBuilder();
            int next = client.getInputStream().read();
            while (next >= 0 && !head.toString().endsWith("\r\n\r\n")) {
                head.append((char) next);
                next = head.toString().endsWith("\r\n\r\n")
                        ? next
                        : client.getInputStream().read();
            }
            return head.toString();
        }

        private static void lead(Socket client, int port) throws IOException {
            try (client;
                    Socket server = new Socket("127.0.0.1", port)) {
                client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                start(() -> client.getInputStream().transferTo(server.getOutputStream()));
                server.getInputStream().transferTo(client.getOutputStream());
            }
        }

        private interface Work {
            void run() throws IOException;
        }

        private static void start(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException e) {
                    // One end has closed.
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    @BeforeAll
    static void aCertificateOfNoAuthority() throws IOException, InterruptedException {
        keys = SelfSigned.keyStore(directory);
    }

    private static SSLContextParameters trusting() {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + keys);
        store.setPassword(SelfSigned.PASSWORD);
        store.setType("PKCS12");
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(store);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(trust);
        return parameters;
    }
}

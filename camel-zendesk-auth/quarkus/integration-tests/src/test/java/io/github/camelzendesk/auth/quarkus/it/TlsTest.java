package io.github.camelzendesk.auth.quarkus.it;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.testkit.internal.SelfSigned;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

/** Connections to an account with a private certificate, which Quarkus' TLS registry trusts by a name, or by none. */
@QuarkusTest
@TestProfile(TlsTest.PrivateCertificate.class)
class TlsTest {
    private static final String PREFIX = "camel.component.zendesk-auth.";

    @Inject
    ProducerTemplate template;

    @Test
    void aNamedTlsConfigurationOfQuarkusServesTheTokenRequests() {
        assertThat(send("acme").getMessage().getHeader("Authorization")).isEqualTo("Bearer over-tls");
    }

    @Test
    void theUnnamedOneHasANameOfItsOwn() {
        assertThat(send("unnamed").getMessage().getHeader("Authorization")).isEqualTo("Bearer over-tls");
    }

    @Test
    void noneIsUsedThatNoOptionNames() {
        assertThat(send("plain").getException())
                .isInstanceOf(TokenEndpointUnavailable.class)
                .hasMessageContaining("Nothing was sent");
    }

    private Exchange send(String connection) {
        return template.request("zendesk-auth:" + connection, exchange -> {});
    }

    /** An application with the properties of {@link Account}. */
    public static class PrivateCertificate implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(Account.class));
        }

        /** Known to the build, so that it starts no stand-in. */
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("account", "http://127.0.0.1", PREFIX + "auth-scheme", "OAuthClient");
        }
    }

    /** A token endpoint over TLS. */
    public static class Account implements QuarkusTestResourceLifecycleManager {
        private static final byte[] ANSWER =
                "{\"access_token\":\"over-tls\",\"token_type\":\"bearer\",\"expires_in\":1800,\"scope\":\"read\"}"
                        .getBytes(StandardCharsets.UTF_8);

        private HttpsServer server;

        @Override
        public Map<String, String> start() {
            try {
                Path keys = SelfSigned.keyStore(
                        Files.createTempDirectory(Path.of("target"), "tls").toAbsolutePath());
                server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                server.setHttpsConfigurator(new HttpsConfigurator(identity(keys)));
                server.createContext("/oauth/tokens", exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, ANSWER.length);
                    exchange.getResponseBody().write(ANSWER);
                    exchange.close();
                });
                server.start();
                return properties(keys);
            } catch (IOException | InterruptedException | GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private Map<String, String> properties(Path keys) {
            return Map.ofEntries(
                    Map.entry(
                            PREFIX + "url",
                            "https://localhost:" + server.getAddress().getPort()),
                    Map.entry(PREFIX + "oauth-client-id", "robot"),
                    Map.entry(PREFIX + "oauth-client-secret", "h1dden"),
                    Map.entry(PREFIX + "oauth-settings-location", "memory:tls"),
                    Map.entry(PREFIX + "connections.acme.ssl-context-parameters", "#acme-ca"),
                    Map.entry(PREFIX + "connections.acme.oauth-settings-location", "memory:acme"),
                    Map.entry(PREFIX + "connections.unnamed.ssl-context-parameters", "#defaultSslContextParameters"),
                    Map.entry(PREFIX + "connections.unnamed.oauth-settings-location", "memory:unnamed"),
                    Map.entry(PREFIX + "connections.plain.oauth-settings-location", "memory:plain"),
                    Map.entry("quarkus.tls.acme-ca.trust-store.p12.path", keys.toString()),
                    Map.entry("quarkus.tls.acme-ca.trust-store.p12.password", SelfSigned.PASSWORD),
                    Map.entry("quarkus.tls.trust-store.p12.path", keys.toString()),
                    Map.entry("quarkus.tls.trust-store.p12.password", SelfSigned.PASSWORD));
        }

        private static SSLContext identity(Path keys) throws IOException, GeneralSecurityException {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream file = Files.newInputStream(keys)) {
                store.load(file, SelfSigned.PASSWORD.toCharArray());
            }
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, SelfSigned.PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        }

        @Override
        public void stop() {
            server.stop(0);
        }
    }
}

package io.github.camelzendesk.auth.jdbc;

import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The whole way: from a call to the database and back. */
@ExtendWith({ZendeskExtension.class, SecretLeakExtension.class})
class ServiceTest {
    @Test
    void whilePostgresIsAwayValidTokensServeAndNothingIsSpent(ZendeskServer zendesk) throws Exception {
        PostgresServer server = PostgresServer.running();
        RegisteredClient client = zendesk.confidentialClient("app");
        SettingsStore store = store(server, zendesk);
        Managers.logIn(
                store,
                zendesk.url(),
                "a-login",
                zendesk.issue(client, "read write").refreshToken());
        try (TokenManager manager = Managers.open(zendesk.url(), client.secret(), store, TokenListener.NONE)) {
            assertThat(zendesk.isLive(token(manager))).isTrue();
            int before = zendesk.tokenRequestCount();
            Authorization valid = manager.authorization().join();
            server.stop();
            try {
                assertThat(zendesk.isLive(token(manager))).isTrue();
                assertThat(manager.reject(valid.generation())).isTrue();
                assertThatThrownBy(() -> token(manager)).hasCauseInstanceOf(SettingsUnavailable.class);
                assertThat(zendesk.tokenRequestCount())
                        .as("nothing is spent that could not be kept")
                        .isEqualTo(before);
            } finally {
                server.start();
            }
            await().ignoreExceptions().until(() -> zendesk.isLive(token(manager)));
        }
        assertThat(zendesk.refreshTokenReuseCount()).isZero();
    }

    @Test
    void tokensThatCameWhilePostgresWasAwayServeAtOnceAndAreStoredLater(ZendeskServer zendesk) throws Exception {
        PostgresServer server = PostgresServer.running();
        RegisteredClient client = zendesk.confidentialClient("app");
        SettingsStore store = store(server, zendesk);
        Managers.logIn(
                store,
                zendesk.url(),
                "a-login",
                zendesk.issue(client, "read write").refreshToken());
        CountDownLatch answer = new CountDownLatch(1);
        zendesk.nextTokenRequest(TokenFault.held(answer));
        try (TokenManager manager = Managers.open(zendesk.url(), client.secret(), store, TokenListener.NONE)) {
            var call = manager.authorization();
            await().until(() -> zendesk.tokenRequestCount() == 1);
            server.stop();
            answer.countDown();
            try {
                assertThat(zendesk.isLive(call.join().headerValue().substring("Bearer ".length())))
                        .isTrue();
                assertThat(store.identity()).contains("acme@acme.zendesk.com");
            } finally {
                server.start();
            }
            await().ignoreExceptions()
                    .until(() -> zendesk.isLiveRefreshToken(
                            store.load().orElseThrow().refreshToken().reveal()));
            assertThat(server.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'"))
                    .isEmpty();
        }
        assertThat(zendesk.refreshTokenReuseCount()).isZero();
    }

    private static SettingsStore store(PostgresServer server, ZendeskServer zendesk) {
        return Managers.store(server.url() + "&zendesk.table=" + PostgresServer.newTable(), zendesk.url());
    }

    private static String token(TokenManager manager) {
        return manager.authorization().join().headerValue().substring("Bearer ".length());
    }
}

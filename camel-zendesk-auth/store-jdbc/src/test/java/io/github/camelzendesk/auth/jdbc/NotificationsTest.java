package io.github.camelzendesk.auth.jdbc;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import io.github.camelzendesk.auth.jdbc.internal.dialect.PostgreSql;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.PendingExchange;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStores;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;

import static io.github.camelzendesk.auth.jdbc.Managers.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Who is told what, where many connections share one server. */
@ExtendWith(SecretLeakExtension.class)
class NotificationsTest {
    private final String table = PostgresServer.newTable();
    private PostgresServer server;

    @BeforeEach
    void start() throws Exception {
        server = PostgresServer.running();
    }

    @Test
    void afterTheConnectionThatListensWasCutOnlyThoseAreToldWhoseRowHasChanged() throws Exception {
        save("quiet");
        save("changed");
        AtomicInteger quiet = new AtomicInteger();
        AtomicInteger changed = new AtomicInteger();
        AtomicInteger fence = new AtomicInteger();
        try (SettingsStore.Watch one =
                        store("quiet").watch(quiet::incrementAndGet).orElseThrow();
                SettingsStore.Watch other =
                        store("changed").watch(changed::incrementAndGet).orElseThrow();
                SettingsStore.Watch last =
                        store("fence").watch(fence::incrementAndGet).orElseThrow()) {
            awaitAllThatIsOnItsWay(fence);
            quiet.set(0);
            changed.set(0);

            server.query("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                    + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
            server.execute("UPDATE " + table + " SET version = version + 1 WHERE name = 'changed'");

            await().until(() -> changed.get() > 0);
            awaitAllThatIsOnItsWay(fence);
            assertThat(changed.get()).isEqualTo(1);
            assertThat(quiet.get()).isZero();
        }
    }

    @Test
    void aNoteThatAnExchangeIsAboutToBeginWakesNobody() throws Exception {
        OAuthSettings found = settings(1);
        OAuthSettings noted =
                found.withPending(new PendingExchange("a-fingerprint", 2, Instant.now(), "process 1 of the test"));
        store("acme").load();
        try (Connection listening = server.connect()) {
            execute(listening, "LISTEN " + PostgreSql.CHANNEL);
            try (SettingsTransaction transaction =
                    store("acme").begin(Duration.ofSeconds(30)).orElseThrow()) {
                transaction.save(found);
                transaction.save(noted);
                transaction.save(found.withNextTokens(found.tokens()));
            }
            assertThat(versions(listening, "acme", 3)).containsExactly("1", "3");
        }
    }

    /**
     * The first may be told because the listening began, the second after that; with it the versions of those who came
     * later are read, and with the third they count.
     */
    private void awaitAllThatIsOnItsWay(AtomicInteger fence) throws Exception {
        for (int i = 0; i < 4; i++) {
            int before = fence.get();
            await().until(() -> {
                server.execute("NOTIFY " + PostgreSql.CHANNEL + ", 'fence 0'");
                return fence.get() > before;
            });
        }
    }

    private void save(String name) throws Exception {
        try (SettingsTransaction transaction =
                store(name).begin(Duration.ofSeconds(30)).orElseThrow()) {
            transaction.save(settings(1));
        }
    }

    private static List<String> versions(Connection listening, String name, int last) throws Exception {
        List<String> versions = new ArrayList<>();
        while (!versions.contains(String.valueOf(last))) {
            PGNotification[] told = listening.unwrap(PGConnection.class).getNotifications(60_000);
            assertThat(told).as("the last save is told").isNotEmpty();
            for (PGNotification notification : told) {
                String[] keyAndVersion = notification.getParameter().split(" ");
                if (keyAndVersion[0].equals(name)) {
                    versions.add(keyAndVersion[1]);
                }
            }
        }
        return versions;
    }

    private SettingsStore store(String name) {
        return SettingsStores.open(
                server.url() + "&zendesk.table=" + table,
                name,
                SettingsCodec.of("https://acme.zendesk.com", Managers.CLIENT, null),
                Managers.NO_BEANS);
    }

    private static void execute(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

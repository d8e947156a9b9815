package io.github.camelzendesk.auth.kubernetes;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.camelzendesk.auth.kubernetes.internal.KubernetesSettingsStore;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.Cluster;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.SecretEntryRef;
import io.github.camelzendesk.auth.kubernetes.internal.lease.LeaseTiming;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.OAuthClient;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.DefaultTokenManager;
import io.github.camelzendesk.auth.oauth.internal.wire.Transport;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreProvider.BeanLookup;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;
import io.github.camelzendesk.auth.testkit.IssuedSecrets;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

/** Stores as a test wants them: on this client, under this lease, by this clock. */
final class Rig {
    static final String NAME = "acme@acme.zendesk.com";
    static final String REPLICA = "acme@zendesk";
    static final String URL = "https://acme.zendesk.com";
    static final String CLIENT = "app";
    static final String REFRESH_TOKEN = "zrt_refresh";
    static final Duration LEASE = Duration.ofSeconds(60);
    private static final Instant THEN = Instant.parse("2026-11-24T10:00:00Z");

    static final BeanLookup NO_BEANS = new BeanLookup() {
        @Override
        public <T> T find(String name, Class<T> type) {
            throw new IllegalArgumentException("no bean " + name);
        }
    };

    static {
        // No token may be in the log, plain or as a Secret has a settings document.
        IssuedSecrets.register("zrt_");
        IssuedSecrets.register("zat_");
        IssuedSecrets.register(Base64.getEncoder()
                .encodeToString("{\n  \"format".getBytes(StandardCharsets.UTF_8))
                .substring(0, 12));
    }

    private Rig() {}

    static SettingsCodec codec() {
        return SettingsCodec.of(URL, CLIENT, null);
    }

    static SettingsCodec sealing() {
        return SettingsCodec.of(URL, CLIENT, Secret.of(Base64.getEncoder().encodeToString(new byte[32])));
    }

    static SettingsStore store(KubernetesClient client, String secret) {
        return store(client, secret, NAME, codec(), new LeaseTiming(LEASE, System::nanoTime));
    }

    static SettingsStore store(
            KubernetesClient client, String secret, String name, SettingsCodec codec, LeaseTiming terms) {
        Cluster cluster = Cluster.of(client);
        return new KubernetesSettingsStore(cluster, place(cluster.server(), secret, name), codec, terms);
    }

    /** The token manager of one pod. */
    static TokenManager manager(
            KubernetesClient client, String secret, ZendeskServer zendesk, RegisteredClient app, String refreshToken) {
        SettingsStore store = store(
                client,
                secret,
                REPLICA,
                SettingsCodec.of(zendesk.url(), "app", null),
                new LeaseTiming(LEASE, System::nanoTime));
        Connection connection = new Connection(
                "acme",
                zendesk.url(),
                new Credentials.Grant(
                        new OAuthClient("app", Secret.of(app.secret())),
                        "http://localhost:33333",
                        "read write",
                        new Credentials.Bootstrap(null, Secret.of(refreshToken), null, null)),
                new Connection.Endpoints(zendesk.url() + "/oauth/tokens", zendesk.url() + "/oauth/authorizations/new"),
                new Connection.Lifetimes(Duration.ofMinutes(30), Duration.ofDays(30)),
                new Connection.Timeouts(
                        Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofMinutes(5)));
        return DefaultTokenManager.open(connection, store, Transport.DEFAULT, null, TokenListener.NONE);
    }

    static SecretEntryRef place(String server, String secret, String name) {
        return new SecretEntryRef(server, ApiServer.NAMESPACE, secret, name);
    }

    static SecretEntryRef place(String secret) {
        return place("", secret, NAME);
    }

    static OAuthSettings generation(long number) {
        TokenPair tokens = new TokenPair(
                Secret.of("zat_access"),
                Secret.of(REFRESH_TOKEN),
                "read",
                THEN,
                THEN.plusSeconds(1800 + number),
                THEN.plus(Duration.ofDays(30)));
        OAuthSettings settings = OAuthSettings.empty(URL, CLIENT);
        for (long i = 0; i < number; i++) {
            settings = settings.withNextTokens(tokens);
        }
        return settings;
    }

    static void save(SettingsStore store, long generation) throws InterruptedException {
        try (SettingsTransaction transaction = begin(store)) {
            transaction.save(generation(generation));
        }
    }

    static SettingsTransaction begin(SettingsStore store) throws InterruptedException {
        return store.begin(Duration.ofMinutes(1)).orElseThrow(() -> new AssertionError("the lock was not to be had"));
    }

    static long stored(SettingsStore store) {
        return store.load().map(OAuthSettings::generation).orElse(0L);
    }

    /** A monotonic clock that stands until it is moved. */
    static final class Clock {
        private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);

        LeaseTiming terms() {
            return new LeaseTiming(LEASE, nanos::get);
        }

        void pass(Duration time) {
            nanos.addAndGet(time.toNanos());
        }
    }
}

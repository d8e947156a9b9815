package io.github.camelzendesk.auth.kubernetes;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.Cluster;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreProvider.BeanLookup;
import io.github.camelzendesk.auth.settings.SettingsStores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How the store comes by a client, and what becomes of it. */
class ClusterTest {
    private static final ApiServer API = ApiServer.ofKubeconfig();
    private static final Duration LONG = Duration.ofMinutes(1);
    private final String secret = "cluster-" + UUID.randomUUID();

    ClusterTest() {
        API.create(ApiServer.NAMESPACE, secret);
    }

    @Test
    void aLocationWithoutANamespaceLeadsToThatOfTheKubeconfig() throws Exception {
        SettingsStore store = SettingsStores.open("kubernetes:" + secret, Rig.NAME, Rig.codec(), beans(null));

        Rig.save(store, 1);

        assertThat(store.identity())
                .isEqualTo("kubernetes:" + API.url() + "integration/" + secret + "#acme_acme.zendesk.com");
        assertThat(API.secret(ApiServer.NAMESPACE, secret).getData()).containsKey("acme_acme.zendesk.com");
    }

    @Test
    void aClientOfTheApplicationIsFoundByItsNameAndLeftOpen() throws Exception {
        try (ApiServer own = new ApiServer();
                KubernetesClient client = own.client()) {
            own.create(ApiServer.NAMESPACE, secret);
            String location = "kubernetes:" + ApiServer.NAMESPACE + "/" + secret + "?client=k8s";

            SettingsStore store = SettingsStores.open(location, Rig.NAME, Rig.codec(), beans(client));
            Rig.save(store, 1);

            assertThat(own.secret(ApiServer.NAMESPACE, secret).getData()).containsKey("acme_acme.zendesk.com");
            assertThat(client.getHttpClient().isClosed()).isFalse();
        }
    }

    @Test
    void aClientOfOurOwnIsSharedClosedWhenIdleAndOpenedAnew() {
        Cluster cluster = new Cluster(config(), null, LONG, Duration.ofMillis(100));
        KubernetesClient first = cluster.enter();
        assertThat(cluster.<KubernetesClient>call(client -> client)).isSameAs(first);
        assertThat(first.getHttpClient().isClosed()).isFalse();

        cluster.leave();

        Awaitility.await().until(() -> first.getHttpClient().isClosed());
        assertThat(cluster.<Object>call(client -> client.secrets()
                        .inNamespace(ApiServer.NAMESPACE)
                        .withName(secret)
                        .get()))
                .isNotNull();
    }

    @Test
    void aCallThatNeverEndsIsGivenUp() {
        Cluster cluster = new Cluster(config(), null, Duration.ofMillis(50), LONG);

        assertThatThrownBy(() -> cluster.call(client -> never())).isInstanceOf(KubernetesClientException.class);
    }

    private static Config config() {
        return Cluster.bounded(Config.autoConfigure(null));
    }

    private static Object never() {
        try {
            new CountDownLatch(1).await();
            return "never";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BeanLookup beans(KubernetesClient client) {
        return new BeanLookup() {
            @Override
            public <T> T find(String name, Class<T> type) {
                assertThat(name).isEqualTo("k8s");
                return type.cast(client);
            }
        };
    }
}

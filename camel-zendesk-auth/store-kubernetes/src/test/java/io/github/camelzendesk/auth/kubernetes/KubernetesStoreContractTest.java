package io.github.camelzendesk.auth.kubernetes;

import java.time.Duration;
import java.util.Base64;
import java.util.UUID;

import io.github.camelzendesk.auth.kubernetes.internal.cluster.SecretEntryRef;
import io.github.camelzendesk.auth.store.testkit.SettingsStoreContract;

/** The contract over HTTP, in this JVM and in child JVMs, which find the mock server through a kubeconfig. */
class KubernetesStoreContractTest extends SettingsStoreContract {
    private static final ApiServer API = ApiServer.ofKubeconfig();
    private static final String NAMESPACE = ApiServer.NAMESPACE;

    private final String secret = "contract-" + UUID.randomUUID();

    KubernetesStoreContractTest() {
        API.create(NAMESPACE, secret);
    }

    @Override
    protected String location() {
        return ShortLeaseProvider.SCHEME + ":" + NAMESPACE + "/" + secret;
    }

    @Override
    protected byte[] stored(String name) {
        String base64 = API.secret(NAMESPACE, secret).getData().get(place(name).key());
        return base64 == null ? null : Base64.getDecoder().decode(base64);
    }

    @Override
    protected void overwrite(String name, byte[] content) {
        API.put(NAMESPACE, secret, place(name).key(), Base64.getEncoder().encodeToString(content));
    }

    @Override
    protected Duration takeover() {
        return ShortLeaseProvider.LEASE.multipliedBy(20);
    }

    @Override
    protected boolean breakLock(String name) {
        API.change(client -> client.leases()
                .inNamespace(NAMESPACE)
                .withName(place(name).lease())
                .delete());
        return true;
    }

    private SecretEntryRef place(String name) {
        return new SecretEntryRef("", NAMESPACE, secret, name);
    }
}

package io.github.camelzendesk.auth.kubernetes;

import java.time.Duration;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.camelzendesk.auth.kubernetes.internal.KubernetesSettingsStore;
import io.github.camelzendesk.auth.kubernetes.internal.SecretLocation;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.Cluster;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.SecretEntryRef;
import io.github.camelzendesk.auth.kubernetes.internal.lease.LeaseTiming;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreProvider;

/** Opens settings stores at {@code kubernetes:NAMESPACE/SECRET}. Stateless. */
public final class KubernetesSettingsStoreProvider implements SettingsStoreProvider {
    @Override
    public String scheme() {
        return "kubernetes";
    }

    @Override
    public SettingsStore open(String location, String name, SettingsCodec codec, BeanLookup beans) {
        SecretLocation parsed = SecretLocation.parse(location);
        return open(parsed, name, codec, beans, parsed.lease());
    }

    static SettingsStore open(
            SecretLocation location, String name, SettingsCodec codec, BeanLookup beans, Duration lease) {
        Cluster cluster = location.clientBean() == null
                ? Cluster.configured()
                : Cluster.of(beans.find(location.clientBean(), KubernetesClient.class));
        String namespace = location.namespace() == null ? cluster.namespace() : location.namespace();
        if (namespace == null) {
            throw new IllegalArgumentException(
                    "oauthSettingsLocation names no namespace, and neither a service account nor"
                            + " a kubeconfig tells one: write kubernetes:NAMESPACE/" + location.secret());
        }
        SecretEntryRef place = new SecretEntryRef(cluster.server(), namespace, location.secret(), name);
        return new KubernetesSettingsStore(cluster, place, codec, new LeaseTiming(lease, System::nanoTime));
    }
}

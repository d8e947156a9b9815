package io.github.camelzendesk.auth.kubernetes;

import java.time.Duration;

import io.github.camelzendesk.auth.kubernetes.internal.SecretLocation;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreProvider;

/** The same store with a lease that a test can wait for, under a scheme that only tests have; in child JVMs too. */
public final class ShortLeaseProvider implements SettingsStoreProvider {
    static final String SCHEME = "kubernetes-short-lease";
    static final Duration LEASE = Duration.ofSeconds(4);

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public SettingsStore open(String location, String name, SettingsCodec codec, BeanLookup beans) {
        return KubernetesSettingsStoreProvider.open(SecretLocation.parse(location), name, codec, beans, LEASE);
    }
}

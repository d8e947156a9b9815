package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.lang.reflect.Field;
import java.util.Map;

import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.settings.SettingsOwner;
import io.github.camelzendesk.auth.settings.SettingsStore;

/** Opens managers for the simulator, which is in another package. */
public final class SimulatedManagers {
    public static final SettingsOwner PERSON = EngineFixture.grant(null, null).owner("https://acme.zendesk.com");

    private SimulatedManagers() {}

    public static TokenManager open(
            Credentials credentials, SettingsStore store, AuthorizationServer server, EngineContext context) {
        DefaultTokenManager manager = new DefaultTokenManager(
                EngineFixture.connection("acme", credentials, EngineFixture.JOIN), store, server, context);
        manager.start();
        return manager;
    }

    /** Forgets what dead processes had in memory, which is all whose identity begins like this. */
    public static void forget(String prefix) {
        forget(LocalPeers.class, prefix);
        try {
            forget(Class.forName("io.github.camelzendesk.auth.oauth.internal.rotation.Ledger"), prefix);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void forget(Class<?> owner, String prefix) {
        try {
            Field all = owner.getDeclaredField("ALL");
            all.setAccessible(true);
            ((Map<?, ?>) all.get(null)).keySet().removeIf(identity -> identity.toString()
                    .startsWith(prefix));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}

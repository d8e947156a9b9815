package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.engine.SharedThreads;
import io.github.camelzendesk.auth.oauth.internal.wire.Transport;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.ConnectionParser;
import io.github.camelzendesk.auth.options.internal.ConnectionOpener;
import io.github.camelzendesk.auth.settings.SettingsStoreProvider.BeanLookup;

/**
 * Opens managers that see another time than the machine's. Stateless. An application has no use for that, so it is in this
 * package for a constructor that is not public; without it {@code TokenManagerBuilder} does the same.
 */
public final class ManagerWithClock {
    private ManagerWithClock() {}

    /** On the threads, the network and the store of any other manager. The caller closes it. */
    public static TokenManager open(String name, ConnectionOptions options, InstantSource clock) {
        Connection connection = ConnectionParser.connection(name, options);
        DefaultTokenManager manager = new DefaultTokenManager(
                connection,
                ConnectionOpener.of(connection, options, new NoBeans()).store(),
                DefaultTokenManager.endpoint(connection, Transport.DEFAULT),
                new EngineContext(
                        clock,
                        System::nanoTime,
                        () -> ThreadLocalRandom.current().nextLong(),
                        SharedThreads.instance(),
                        null,
                        TokenListener.NONE));
        manager.start();
        return manager;
    }

    private static final class NoBeans implements BeanLookup {
        @Override
        public <T> T find(String name, Class<T> type) {
            throw new IllegalArgumentException("There are no beans here");
        }
    }
}

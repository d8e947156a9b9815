package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/**
 * Where requests went without the authorization, each address told once. Nobody but Zendesk knows which names an account
 * has, so it tells of all. Thread-safe; remembers 16.
 */
final class OtherAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    private static final int MOST = 16;

    private final Connection connection;
    private final AtomicReference<Set<String>> told = new AtomicReference<>(Set.of());

    OtherAddresses(Connection connection) {
        this.connection = connection;
    }

    void tell(String scheme, String host, int port) {
        String address =
                LogSafeText.oneLine((scheme + "://" + host + (port < 0 ? "" : ":" + port)).toLowerCase(Locale.ROOT));
        if (isNew(address)) {
            LOG.warn(
                    "Connection '{}': a request to {} gets no token: the connection is {}. If both are names of one account,"
                            + " send requests to the connection's.",
                    LogSafeText.unbroken(connection.name()),
                    address,
                    connection.url());
        }
    }

    private boolean isNew(String address) {
        Set<String> before = told.getAndUpdate(known -> known.size() < MOST ? with(known, address) : known);
        return before.size() < MOST && !before.contains(address);
    }

    private static Set<String> with(Set<String> known, String address) {
        return Stream.concat(known.stream(), Stream.of(address)).collect(Collectors.toUnmodifiableSet());
    }
}

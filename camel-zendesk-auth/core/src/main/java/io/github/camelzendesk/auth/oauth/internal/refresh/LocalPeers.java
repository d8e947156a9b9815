package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.internal.rotation.ErrorMessages;

/**
 * The managers of this JVM by the identity of their store: what one obtains, the others read at once. Thread-safe.
 */
final class LocalPeers {
    private static final Map<String, Set<Peer>> ALL = new ConcurrentHashMap<>();

    private LocalPeers() {}

    /** What managers of one store tell each other. */
    interface Peer {
        Connection connection();

        /** The fingerprint of the grant that the configuration brings; empty when it brings none. */
        String configuredGrant();

        /** Reads the settings soon, because another has changed them. */
        void readSoon();
    }

    /** @throws ConfigurationRefused when another manager is configured with another grant, perhaps another person's */
    static void join(String identity, Peer peer) {
        ALL.compute(identity, (key, present) -> {
            Set<Peer> set = present == null ? ConcurrentHashMap.newKeySet() : present;
            set.forEach(other -> refuseTwoGrants(identity, other, peer));
            set.add(peer);
            return set;
        });
    }

    private static void refuseTwoGrants(String identity, Peer first, Peer second) {
        String one = first.configuredGrant();
        String two = second.configuredGrant();
        if (!one.isEmpty() && !two.isEmpty() && !one.equals(two)) {
            throw ErrorMessages.twoGrants(first.connection(), second.connection(), identity);
        }
    }

    static void leave(String identity, Peer peer) {
        ALL.computeIfPresent(identity, (key, present) -> {
            present.remove(peer);
            return present.isEmpty() ? null : present;
        });
    }

    /** Lets all others read the settings. */
    static void tell(String identity, Peer from) {
        for (Peer other : ALL.getOrDefault(identity, Set.of())) {
            if (other != from) {
                other.readSoon();
            }
        }
    }
}

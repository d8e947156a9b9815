package io.github.camelzendesk.auth.oauth;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The managers of this JVM by the identity of their store: what one obtains, the others read at once. Safe for use by
 * several threads.
 */
final class Siblings {
    private static final Map<String, Set<Renewal>> ALL = new ConcurrentHashMap<>();

    private Siblings() {}

    /** @throws ConfigurationRefused when another manager is configured with another grant, perhaps another person's */
    static void join(String identity, Renewal renewal) {
        ALL.compute(identity, (key, present) -> {
            Set<Renewal> set = present == null ? ConcurrentHashMap.newKeySet() : present;
            set.forEach(other -> refuseTwoGrants(identity, other, renewal));
            set.add(renewal);
            return set;
        });
    }

    private static void refuseTwoGrants(String identity, Renewal first, Renewal second) {
        String one = configured(first);
        String two = configured(second);
        if (!one.isEmpty() && !two.isEmpty() && !one.equals(two)) {
            throw Refusals.twoGrants(first.connection(), second.connection(), identity);
        }
    }

    private static String configured(Renewal renewal) {
        return renewal.source().settings().configured().fingerprint();
    }

    static void leave(String identity, Renewal renewal) {
        ALL.computeIfPresent(identity, (key, present) -> {
            present.remove(renewal);
            return present.isEmpty() ? null : present;
        });
    }

    /** Lets all others read the settings. */
    static void tell(String identity, Renewal from) {
        for (Renewal other : ALL.getOrDefault(identity, Set.of())) {
            if (other != from) {
                other.lookSoon();
            }
        }
    }
}

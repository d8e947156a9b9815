package io.github.camelzendesk.auth.kubernetes.internal;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What an {@code oauthSettingsLocation} of Kubernetes says. Immutable.
 *
 * @param namespace null for the one that the client's configuration names
 * @param clientBean the name of a client that the application registered; null for the one of this JVM
 * @param lease how long a holder of the lock may be silent before another takes over
 */
public record SecretLocation(@Nullable String namespace, String secret, @Nullable String clientBean, Duration lease) {
    private static final String FORM = "kubernetes:NAMESPACE/SECRET, or kubernetes:SECRET in the pod's own namespace";
    private static final Pattern SHAPE = Pattern.compile("[^:]+:(?://)?(?:([^/?]*)/)?([^/?]*)(?:\\?(.*))?");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final String CLIENT = "client";
    private static final String LEASE = "leaseDurationSeconds";
    private static final int USUAL_LEASE = 60;
    // Three times an exchangeTimeout of 13 seconds: with that a Lease is renewed often enough.
    private static final int SHORTEST_LEASE = 40;
    private static final int LONGEST_LEASE = 3600;

    public static SecretLocation parse(String location) {
        Matcher shape = SHAPE.matcher(location);
        if (!shape.matches()) {
            throw refused(location, "is none of Kubernetes: write " + FORM);
        }
        String namespace = shape.group(1);
        if (namespace != null && !LABEL.matcher(namespace).matches()) {
            throw refused(location, "names no namespace before the slash: write " + FORM);
        }
        if (!SUBDOMAIN.matcher(shape.group(2)).matches()) {
            throw refused(location, "names no Secret (lower-case letters, digits, '-' and '.'): write " + FORM);
        }
        Map<String, String> options = options(location, shape.group(3));
        return new SecretLocation(namespace, shape.group(2), options.get(CLIENT), lease(location, options.get(LEASE)));
    }

    private static Map<String, String> options(String location, @Nullable String query) {
        Map<String, String> options = new TreeMap<>();
        for (String option : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String[] pair = option.split("=", 2);
            boolean known = pair[0].equals(CLIENT) || pair[0].equals(LEASE);
            if (!known || pair.length < 2 || pair[1].isBlank()) {
                throw refused(location, "has an option that is not client=BEAN or leaseDurationSeconds=NUMBER");
            }
            options.put(pair[0], pair[1]);
        }
        return options;
    }

    private static Duration lease(String location, @Nullable String seconds) {
        if (seconds == null) {
            return Duration.ofSeconds(USUAL_LEASE);
        }
        int given = seconds.matches("[0-9]{1,6}") ? Integer.parseInt(seconds) : 0;
        if (given < SHORTEST_LEASE || given > LONGEST_LEASE) {
            throw refused(
                    location,
                    "has a leaseDurationSeconds that is not between 40 and 3600: take three times the exchangeTimeout of the"
                            + " connection, or more");
        }
        return Duration.ofSeconds(given);
    }

    private static IllegalArgumentException refused(String location, String why) {
        return new IllegalArgumentException("oauthSettingsLocation '" + location + "' " + why);
    }
}

package io.github.camelzendesk.auth.kubernetes.internal.lease;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.github.camelzendesk.auth.settings.OAuthSettings;

/**
 * The highest generation of each of the last logins that the Secret held, kept as an annotation of the Lease: a restore of
 * the Secret does not take it back. Immutable.
 */
public final class StoredGenerations {
    /** Removed by an operator, it makes the store believe the Secret again. */
    public static final String ANNOTATION = "camelzendesk.github.io/highest-generation";

    private static final int MOST_LOGINS = 8;
    private static final Pattern ENTRY = Pattern.compile("(\\d{1,18}) of ([\\w.~+/=-]{1,128})");

    private final Map<String, Long> byLogin; // in the order in which they were last stored

    private StoredGenerations(Map<String, Long> byLogin) {
        this.byLogin = byLogin;
    }

    static StoredGenerations of(Lease lease) {
        Map<String, String> annotations = lease.getMetadata().getAnnotations();
        String text = annotations == null ? null : annotations.get(ANNOTATION);
        Map<String, Long> found = new LinkedHashMap<>();
        Matcher entries = ENTRY.matcher(text == null ? "" : text);
        while (entries.find()) {
            found.put(entries.group(2), Long.valueOf(entries.group(1)));
        }
        return new StoredGenerations(found);
    }

    /** These and the ones that are stored now. */
    StoredGenerations with(OAuthSettings stored) {
        if (stored.lineage().isEmpty()) {
            return this;
        }
        Map<String, Long> next = new LinkedHashMap<>(byLogin);
        next.remove(stored.lineage());
        next.put(stored.lineage(), Math.max(stored.generation(), highest(stored)));
        if (next.size() > MOST_LOGINS) {
            next.remove(next.keySet().iterator().next());
        }
        return new StoredGenerations(next);
    }

    Lease on(Lease lease) {
        if (byLogin.isEmpty()) {
            return lease;
        }
        String text = byLogin.entrySet().stream()
                .map(entry -> entry.getValue() + " of " + entry.getKey())
                .collect(Collectors.joining(", "));
        return new LeaseBuilder(lease)
                .editMetadata()
                .addToAnnotations(ANNOTATION, text)
                .endMetadata()
                .build();
    }

    /** The highest generation of the login of these settings; 0 when it is not known. */
    public long highest(OAuthSettings settings) {
        return byLogin.getOrDefault(settings.lineage(), 0L);
    }

    /** What the Secret should hold at least, by what it holds; 0 when it did not go back. */
    public long missedBy(@Nullable OAuthSettings stored) {
        if (stored == null) {
            return byLogin.values().stream().reduce(0L, (earlier, later) -> later);
        }
        return stored.generation() < highest(stored) ? highest(stored) : 0;
    }
}

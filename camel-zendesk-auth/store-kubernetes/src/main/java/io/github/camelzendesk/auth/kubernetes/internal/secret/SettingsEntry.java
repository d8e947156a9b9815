package io.github.camelzendesk.auth.kubernetes.internal.secret;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.ApiExceptionTranslator;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.Cluster;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.SecretEntryRef;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStoreException;

/**
 * One data key of a Secret, and how settings are written in it. Thread-safe.
 *
 * <p>Every write is bound to the {@code resourceVersion} of what was read, so that it changes nothing else in the Secret,
 * and nothing at all once somebody else has written this key.
 */
public final class SettingsEntry {
    private static final int ATTEMPTS = 10;
    private static final int MOST_BYTES = 1 << 20;
    private static final int RESERVED_BYTES = 64 * 1024;

    private final Cluster cluster;
    private final SecretEntryRef place;
    private final SettingsCodec codec;

    public SettingsEntry(Cluster cluster, SecretEntryRef place, SettingsCodec codec) {
        this.cluster = cluster;
        this.place = place;
        this.codec = codec;
    }

    public SecretEntryRef place() {
        return place;
    }

    /** The Secret with all its keys, as it is now. */
    public Secret read() {
        Secret secret;
        try {
            secret = cluster.call(client -> client.secrets()
                    .inNamespace(place.namespace())
                    .withName(place.secret())
                    .get());
        } catch (KubernetesClientException e) {
            throw ApiExceptionTranslator.of(e, place, "get", "secrets");
        }
        if (secret == null) {
            throw ApiExceptionTranslator.missing(place);
        }
        return secret;
    }

    /** What this key holds. */
    public Optional<OAuthSettings> settings(Secret secret) {
        String base64 = data(secret).get(place.key());
        return base64 == null ? Optional.empty() : Optional.of(codec.decode(bytes(base64), place.describe()));
    }

    private byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // Without a cause: its message quotes what it read.
            throw new SettingsStoreException(
                    place.describe()
                            + " is damaged: it is not base64. It was left as it is. Set it right, or remove the key and log in again.");
        }
    }

    /**
     * Replaces what this key holds, where it still is what was read.
     *
     * @return the Secret as it is now
     */
    public Secret write(Secret read, OAuthSettings settings) {
        return write(read, place.key(), Base64.getEncoder().encodeToString(codec.encode(settings)));
    }

    /** Adds another key, for what is worth keeping beside the settings, encrypted as they are. */
    public Secret add(Secret read, String key, byte[] content) {
        return write(read, key, Base64.getEncoder().encodeToString(codec.protect(content)));
    }

    /** Refuses a Secret that has no room for the longest answer of the token endpoint. */
    public void refuseFull(Secret secret) {
        refuseTooLarge(data(secret), RESERVED_BYTES);
    }

    public static Map<String, String> data(Secret secret) {
        return secret.getData() == null ? Map.of() : secret.getData();
    }

    private Secret write(Secret read, String key, String wanted) {
        String expected = data(read).get(key);
        Secret base = read;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return update(with(base, key, wanted));
            } catch (KubernetesClientException e) {
                base = afterwards(e);
                String now = data(base).get(key);
                if (wanted.equals(now)) {
                    // It was the answer that was lost.
                    return base;
                }
                refuseUnlessConflictElsewhere(e, Objects.equals(expected, now));
            }
        }
        throw new SettingsStoreException(place.describe() + " could not be written: the Secret was changed by others "
                + ATTEMPTS + " times in a row. Spread its connections over several Secrets.");
    }

    private Secret update(Secret next) {
        return cluster.call(client ->
                client.secrets().inNamespace(place.namespace()).resource(next).update());
    }

    /** The Secret after a write that failed, where it may be another one than before. */
    private Secret afterwards(KubernetesClientException e) {
        if (ApiExceptionTranslator.isConflict(e) || ApiExceptionTranslator.isUncertain(e)) {
            return read();
        }
        throw ApiExceptionTranslator.isMissing(e)
                ? ApiExceptionTranslator.missing(place)
                : ApiExceptionTranslator.of(e, place, "update", "secrets");
    }

    private void refuseUnlessConflictElsewhere(KubernetesClientException e, boolean isAsRead) {
        if (!isAsRead) {
            throw new SettingsStoreException(
                    place.describe() + " was changed by somebody else after it was read, so it was"
                            + " left as it is. The next attempt reads it again.");
        }
        if (!ApiExceptionTranslator.isConflict(e)) {
            throw ApiExceptionTranslator.of(e, place, "update", "secrets");
        }
    }

    private Secret with(Secret base, String key, String value) {
        Map<String, String> data = new HashMap<>(data(base));
        data.put(key, value);
        refuseTooLarge(data, 0);
        if (Boolean.TRUE.equals(base.getImmutable())) {
            throw new SettingsStoreException(
                    place.describe() + " cannot be written: the Secret is immutable. Delete it and"
                            + " create it again without 'immutable: true'.");
        }
        return new SecretBuilder(base).withData(data).build();
    }

    private void refuseTooLarge(Map<String, String> data, int more) {
        long bytes = more
                + data.values().stream()
                        .mapToLong(value -> value.length() / 4L * 3)
                        .sum();
        if (bytes > MOST_BYTES) {
            throw new SettingsStoreException(place.describe() + " cannot be written: the Secret would hold " + bytes
                    + " bytes, and 1048576 are the most. Set oauthSettingsLocation to another Secret for some of its "
                    + data.size() + " keys.");
        }
    }
}

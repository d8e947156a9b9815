package io.github.camelzendesk.auth.kubernetes.internal.lease;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

import org.jspecify.annotations.Nullable;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.ApiExceptionTranslator;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.Cluster;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.SecretEntryRef;
import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/**
 * The Lease of one connection, as the API server has it. Thread-safe. Each change is bound to the
 * {@code resourceVersion} that it was made from; null tells that somebody was faster.
 *
 * <p>The times in it are for people. No decision rests on them: they are those of another machine's clock.
 */
public final class LeaseApi {
    private static final String RESOURCE = "leases";

    private final Cluster cluster;
    private final SecretEntryRef place;

    public LeaseApi(Cluster cluster, SecretEntryRef place) {
        this.cluster = cluster;
        this.place = place;
    }

    /** Null when there is none. */
    @Nullable
    Lease get() {
        try {
            return cluster.call(client -> client.leases()
                    .inNamespace(place.namespace())
                    .withName(place.lease())
                    .get());
        } catch (KubernetesClientException e) {
            throw ApiExceptionTranslator.of(e, place, "get", RESOURCE);
        }
    }

    @Nullable
    Lease create(String holder, Duration duration) {
        ZonedDateTime now = now();
        Lease lease = new LeaseBuilder()
                .withNewMetadata()
                .withName(place.lease())
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds(Math.toIntExact(duration.toSeconds()))
                .withAcquireTime(now)
                .withRenewTime(now)
                .withLeaseTransitions(0)
                .endSpec()
                .build();
        try {
            return cluster.call(client -> client.leases()
                    .inNamespace(place.namespace())
                    .resource(lease)
                    .create());
        } catch (KubernetesClientException e) {
            return unlessKnown(e, "create");
        }
    }

    @Nullable
    Lease claim(Lease free, String holder, Duration duration) {
        ZonedDateTime now = now();
        Integer transitions = free.getSpec() == null ? null : free.getSpec().getLeaseTransitions();
        return update(new LeaseBuilder(free)
                .editOrNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds(Math.toIntExact(duration.toSeconds()))
                .withAcquireTime(now)
                .withRenewTime(now)
                .withLeaseTransitions(transitions == null ? 1 : transitions + 1)
                .endSpec()
                .build());
    }

    @Nullable
    Lease renew(Lease held) {
        return update(
                new LeaseBuilder(held).editSpec().withRenewTime(now()).endSpec().build());
    }

    @Nullable
    Lease free(Lease held) {
        return update(new LeaseBuilder(held)
                .editSpec()
                .withHolderIdentity(null)
                .endSpec()
                .build());
    }

    private @Nullable Lease update(Lease next) {
        try {
            return cluster.call(client -> client.leases()
                    .inNamespace(place.namespace())
                    .resource(next)
                    .update());
        } catch (KubernetesClientException e) {
            // Deleted meanwhile is changed meanwhile.
            return ApiExceptionTranslator.isMissing(e) ? null : unlessKnown(e, "update");
        }
    }

    private @Nullable Lease unlessKnown(KubernetesClientException e, String verb) {
        if (ApiExceptionTranslator.isConflict(e)) {
            return null;
        }
        throw ApiExceptionTranslator.of(e, place, verb, RESOURCE);
    }

    /** Null when nobody has it. */
    static @Nullable String holder(Lease lease) {
        String holder = lease.getSpec() == null ? null : lease.getSpec().getHolderIdentity();
        return holder == null || holder.isEmpty() ? null : holder;
    }

    /** For the log. */
    static String describeHolder(Lease lease) {
        String holder = holder(lease);
        return holder == null ? "one who gave it back since" : LogSafeText.oneLine(holder);
    }

    private static ZonedDateTime now() {
        return ZonedDateTime.now(ZoneOffset.UTC);
    }
}

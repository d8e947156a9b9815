package io.github.camelzendesk.auth.kubernetes.internal;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.kubernetes.internal.cluster.SecretEntryRef;
import io.github.camelzendesk.auth.settings.OAuthSettings;

/** Tells the operator, once, that a Secret holds less than was stored in it. Thread-safe. */
final class StepBackWarning {
    private static final Logger LOG = LoggerFactory.getLogger(StepBackWarning.class);

    private final SecretEntryRef place;
    private long told; // guarded by this

    StepBackWarning(SecretEntryRef place) {
        this.place = place;
    }

    /** @param missed the generation that should be there; 0 when nothing is amiss */
    synchronized void check(@Nullable OAuthSettings stored, long missed) {
        if (missed > told) {
            LOG.warn(
                    "{} went back from generation {} to {}, as after a restore of a backup, an apply from git or a deletion."
                            + " Its tokens were used before. Processes with newer tokens in memory go on with those, and"
                            + " store them again. Without one, log in again; and keep the Secret out of whatever changed it.",
                    place.describe(),
                    missed,
                    stored == null ? "none" : stored.generation());
        }
        told = missed;
    }
}

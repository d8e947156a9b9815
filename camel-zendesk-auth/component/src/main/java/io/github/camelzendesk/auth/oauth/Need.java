package io.github.camelzendesk.auth.oauth;

import org.jspecify.annotations.Nullable;

/**
 * Why tokens are asked for. Immutable.
 *
 * @param staleThrough tokens of this generation and of earlier ones will not do, however young: Zendesk refused them, or
 *     a person asked for new ones
 * @param code an authorization code that a login just brought; it starts a new lineage
 */
record Need(long staleThrough, @Nullable AuthorizationCode code) {
    /** What no other process can bring: the lock itself. */
    static final Need THE_LOCK = new Need(Long.MAX_VALUE, null);

    static Need newerThan(long generation) {
        return new Need(generation, null);
    }

    static Need exchange(AuthorizationCode code) {
        return new Need(-1, code);
    }
}

package io.github.camelzendesk.auth.oauth;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.OAuthSettings;

/**
 * Why tokens are asked for. Immutable.
 *
 * @param staleThrough tokens of this generation and of earlier ones will not do, however young: Zendesk refused them, or
 *     a person asked for new ones
 * @param lineage the login that these generations are counted in; empty when there was none, or any will do
 * @param code an authorization code that a login just brought; it starts a new lineage
 * @param unattended whether no person is to be asked for a login
 */
record Need(long staleThrough, String lineage, @Nullable AuthorizationCode code, boolean unattended) {
    /** What no other process can bring: the lock itself. */
    static final Need THE_LOCK = new Need(Long.MAX_VALUE, "", null, true);

    static Need newerThan(long generation) {
        return new Need(generation, "", null, false);
    }

    static Need newerThan(long generation, @Nullable OAuthSettings of) {
        return new Need(generation, of == null ? "" : of.lineage(), null, false);
    }

    static Need exchange(AuthorizationCode code) {
        return new Need(-1, "", code, false);
    }

    /** The same of somebody who does not expect a login. */
    Need alone() {
        return new Need(staleThrough, lineage, code, true);
    }

    /** Whether the tokens of these settings are other ones than those that will not do. */
    boolean isServedBy(OAuthSettings settings) {
        boolean otherLogin = !lineage.isEmpty() && !lineage.equals(settings.lineage());
        // By identity: what compares records keeps, on Java 17, the class loader of the last one that was compared.
        return code == null && this != THE_LOCK && (otherLogin || settings.generation() > staleThrough);
    }
}

package io.github.camelzendesk.auth.oauth.internal.rotation;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.settings.OAuthSettings;

/**
 * Which tokens an attempt must bring. Immutable.
 *
 * @param staleThrough tokens of this generation and of earlier ones do not serve, even unexpired: Zendesk refused them,
 *     or a person asked for new ones
 * @param lineage the login that the generation counts in; empty for any
 * @param code an authorization code that a login just brought; it starts a new lineage
 * @param unattended whether no person is to be asked for a login
 */
public record TokenRequirement(
        long staleThrough, String lineage, @Nullable AuthorizationCode code, boolean unattended) {
    /** Needs the lock itself, which no other process can bring. */
    static final TokenRequirement THE_LOCK = new TokenRequirement(Long.MAX_VALUE, "", null, true);

    public static TokenRequirement newerThan(long generation) {
        return new TokenRequirement(generation, "", null, false);
    }

    public static TokenRequirement newerThan(long generation, @Nullable OAuthSettings of) {
        return new TokenRequirement(generation, of == null ? "" : of.lineage(), null, false);
    }

    public static TokenRequirement exchange(AuthorizationCode code) {
        return new TokenRequirement(-1, "", code, false);
    }

    /** The same of somebody who does not expect a login. */
    public TokenRequirement alone() {
        return new TokenRequirement(staleThrough, lineage, code, true);
    }

    /** Whether the tokens of these settings are newer than the stale ones, or of another login. */
    public boolean isServedBy(OAuthSettings settings) {
        boolean otherLogin = !lineage.isEmpty() && !lineage.equals(settings.lineage());
        // By identity: on Java 17 a record's equals keeps the class loader of the last record it compared.
        return code == null && this != THE_LOCK && (otherLogin || settings.generation() > staleThrough);
    }
}

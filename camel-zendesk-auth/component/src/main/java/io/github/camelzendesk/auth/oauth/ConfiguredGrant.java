package io.github.camelzendesk.auth.oauth;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * The grant that the configuration brings along. Immutable.
 *
 * <p>A refresh token in the configuration is dead after its first use and stays there, so what is stored outranks it for
 * ever, but for one that the store has never seen: somebody has set a new one.
 */
final class ConfiguredGrant {
    private final Credentials.Bootstrap bootstrap;
    private final String fingerprint;

    ConfiguredGrant(Credentials credentials) {
        this.bootstrap =
                credentials instanceof Credentials.Grant grant ? grant.bootstrap() : Credentials.Bootstrap.NONE;
        this.fingerprint = bootstrap.fingerprint();
    }

    /** Whether the configuration holds a grant that these settings have never seen. */
    boolean isUnseen(OAuthSettings settings) {
        return !fingerprint.isEmpty() && !settings.seenRefreshTokens().contains(fingerprint);
    }

    String fingerprint() {
        return fingerprint;
    }

    /**
     * The settings with this grant in the place of what they held. The token names the login, so that whatever becomes of
     * it, in any process, is known for a later or an earlier generation of the same.
     */
    OAuthSettings inPlaceOf(OAuthSettings settings, Instant now) {
        return settings.withConfigured(tokens(now));
    }

    /** The code that a person pasted, until it is spent. */
    @Nullable
    AuthorizationCode unspentCode(OAuthSettings settings) {
        AuthorizationCode code = bootstrap.code();
        return code == null || isSpent(code, settings) ? null : code;
    }

    /** Whether a code was exchanged before, whichever way it came in: Zendesk may revoke what the first time brought. */
    static boolean isSpent(AuthorizationCode code, OAuthSettings settings) {
        return settings.seenRefreshTokens().contains(code.code().fingerprint());
    }

    TokenPair tokens(Instant obtainedAt) {
        return new TokenPair(
                bootstrap.accessToken(), bootstrap.refreshToken(), null, obtainedAt, bootstrap.expiresAt(), null);
    }
}

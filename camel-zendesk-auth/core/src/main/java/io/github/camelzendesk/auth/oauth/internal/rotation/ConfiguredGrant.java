package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * The grant that the configuration holds. Immutable.
 *
 * <p>A refresh token stays in the configuration after its first use ended it, so what is stored takes precedence,
 * except over a token that the store has never seen: that one is new.
 */
public final class ConfiguredGrant {
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

    public String fingerprint() {
        return fingerprint;
    }

    /**
     * The settings with this grant in place of their own. The token names the login, so that all processes with this
     * configuration compare its generations.
     */
    OAuthSettings inPlaceOf(OAuthSettings settings, Instant now) {
        return settings.withConfigured(tokens(now));
    }

    /** The settings with the mark that this grant was tried. */
    OAuthSettings markSeen(OAuthSettings settings) {
        return isUnseen(settings) ? settings.withSeen(fingerprint) : settings;
    }

    /** The code that a person pasted; null when it is spent. */
    @Nullable
    AuthorizationCode unspentCode(OAuthSettings settings) {
        AuthorizationCode code = bootstrap.code();
        return code == null || isSpent(code, settings) ? null : code;
    }

    /**
     * Whether a code was exchanged before, or may have been: Zendesk may revoke what the first exchange issued (RFC
     * 6749 section 4.1.2).
     */
    static boolean isSpent(AuthorizationCode code, OAuthSettings settings) {
        return settings.seenRefreshTokens().contains(code.code().fingerprint());
    }

    TokenPair tokens(Instant obtainedAt) {
        return new TokenPair(
                bootstrap.accessToken(), bootstrap.refreshToken(), null, obtainedAt, bootstrap.expiresAt(), null);
    }
}

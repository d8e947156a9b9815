package io.github.camelzendesk.auth.oauth;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsOwner;
import io.github.camelzendesk.auth.settings.TokenPair;

/** What a connection authenticates with, one case for each way in. Immutable. */
public sealed interface Credentials {

    /** The name of the {@code authScheme} that this is. */
    String authScheme();

    /** Credentials whose header never changes. */
    sealed interface Fixed extends Credentials {
        Secret header();
    }

    /** E-mail and password (RFC 7617), which Zendesk withdrew in January 2026. */
    record Basic(String user, Secret password) implements Fixed {
        @Override
        public String authScheme() {
            return "Basic";
        }

        @Override
        public Secret header() {
            return basic(user, password);
        }
    }

    /** E-mail and API token: a Basic header whose user carries the suffix {@code /token}. */
    record ApiToken(String user, Secret token) implements Fixed {
        private static final String SUFFIX = "/token";

        @Override
        public String authScheme() {
            return "APIToken";
        }

        @Override
        public Secret header() {
            return basic(user.endsWith(SUFFIX) ? user : user + SUFFIX, token);
        }
    }

    /** An access token that is used as it is (RFC 6750 section 2.1). */
    record StaticToken(Secret accessToken) implements Fixed {
        @Override
        public String authScheme() {
            return "OAuth";
        }

        @Override
        public Secret header() {
            return Secret.of("Bearer " + accessToken.reveal());
        }
    }

    /** Tokens obtained from the token endpoint. */
    sealed interface Renewable extends Credentials {
        OAuthClient client();

        /** What is stored of the tokens belongs to this, with the account at this origin. */
        SettingsOwner owner(String url);
    }

    /**
     * The client credentials grant (RFC 6749 section 4.4): no person, no refresh token, a new token
     * whenever one is needed.
     *
     * @param scope null leaves it to the client's own scopes
     */
    record ClientCredentials(OAuthClient client, @Nullable String scope) implements Renewable {
        @Override
        public String authScheme() {
            return "OAuthClient";
        }

        @Override
        public SettingsOwner owner(String url) {
            return SettingsOwner.client(url, client.identifier(), scope);
        }
    }

    /** The authorization code grant (RFC 6749 section 4.1), kept alive by refresh tokens that rotate. */
    record Grant(OAuthClient client, String redirectUri, String scope, Bootstrap bootstrap) implements Renewable {
        @Override
        public String authScheme() {
            return "OAuth";
        }

        @Override
        public SettingsOwner owner(String url) {
            return SettingsOwner.person(url, client.identifier());
        }
    }

    /**
     * What the configuration brings along for a grant that is not stored yet. Every part may be absent.
     *
     * @param expiresAt null when the configuration does not tell
     * @param code an authorization code that a person pasted
     */
    record Bootstrap(
            @Nullable Secret accessToken,
            @Nullable Secret refreshToken,
            @Nullable Instant expiresAt,
            @Nullable AuthorizationCode code) {
        public static final Bootstrap NONE = new Bootstrap(null, null, null, null);

        /** Names the grant that this brings: by its refresh token, or else its access token; empty without either. */
        public String fingerprint() {
            return new TokenPair(accessToken, refreshToken, null, Instant.EPOCH, null, null).fingerprint();
        }
    }

    private static Secret basic(String user, Secret password) {
        byte[] pair = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        return Secret.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }
}

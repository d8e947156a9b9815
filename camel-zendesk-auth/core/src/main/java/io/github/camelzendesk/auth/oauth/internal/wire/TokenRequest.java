package io.github.camelzendesk.auth.oauth.internal.wire;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.OAuthClient;
import io.github.camelzendesk.auth.settings.Secret;

/** A request to the token endpoint, one case for each grant type. Immutable. */
public sealed interface TokenRequest {
    String grantType();

    OAuthClient client();

    /** What this request spends, by name; empty when it spends nothing. */
    String fingerprint();

    /** The parameters of this grant type alone. */
    Map<String, String> ownParameters();

    /** The whole form: client authentication goes into the body, where Zendesk documents it. */
    default Map<String, String> form(Connection.Lifetimes lifetimes) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", grantType());
        form.put("client_id", client().identifier());
        Secret secret = client().secret();
        if (secret != null) {
            form.put("client_secret", secret.reveal());
        }
        form.putAll(ownParameters());
        // Always asked for: older clients issue a refresh token, and global ones tell the expiry, only if it is.
        form.put("expires_in", Long.toString(lifetimes.accessToken().toSeconds()));
        if (!(this instanceof ClientCredentials)) {
            form.put(
                    "refresh_token_expires_in",
                    Long.toString(lifetimes.refreshToken().toSeconds()));
        }
        return form;
    }

    /** RFC 6749 section 4.1.3, with the verifier of RFC 7636 section 4.5. */
    record Code(OAuthClient client, AuthorizationCode code, String redirectUri) implements TokenRequest {
        @Override
        public String grantType() {
            return "authorization_code";
        }

        @Override
        public String fingerprint() {
            return code.code().fingerprint();
        }

        @Override
        public Map<String, String> ownParameters() {
            return Map.of(
                    "code", code.code().reveal(),
                    "redirect_uri", redirectUri,
                    "code_verifier", code.codeVerifier().reveal());
        }
    }

    /** RFC 6749 section 6. The scope is left out, which keeps it as it was granted. */
    record Refresh(OAuthClient client, Secret refreshToken) implements TokenRequest {
        @Override
        public String grantType() {
            return "refresh_token";
        }

        @Override
        public String fingerprint() {
            return refreshToken.fingerprint();
        }

        @Override
        public Map<String, String> ownParameters() {
            return Map.of("refresh_token", refreshToken.reveal());
        }
    }

    /** RFC 6749 section 4.4.2. */
    record ClientCredentials(OAuthClient client, @Nullable String scope) implements TokenRequest {
        @Override
        public String grantType() {
            return "client_credentials";
        }

        @Override
        public String fingerprint() {
            return "";
        }

        @Override
        public Map<String, String> ownParameters() {
            return scope == null ? Map.of() : Map.of("scope", scope);
        }
    }
}

package io.github.camelzendesk.auth.oauth;

import java.net.URI;
import java.time.Duration;

import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/**
 * One connection to one Zendesk account, validated and complete. Immutable.
 *
 * @param name what the user calls it, for logs
 * @param url the origin of the account, such as {@code https://acme.zendesk.com}
 */
public record Connection(
        String name, String url, Credentials credentials, Endpoints endpoints, Lifetimes lifetimes, Timeouts timeouts) {

    /**
     * Whole addresses of the token endpoint and the authorization endpoint (RFC 6749 section 3). Immutable.
     *
     * @param issuer what a callback that names its issuer must name, character by character (RFC 9207 section 2.4)
     */
    public record Endpoints(String token, String authorization, String issuer) {
        /** The issuer is the origin of the authorization endpoint. */
        public Endpoints(String token, String authorization) {
            this(token, authorization, origin(authorization));
        }

        private static String origin(String address) {
            URI uri = URI.create(address);
            return uri.getScheme() + "://" + uri.getRawAuthority();
        }
    }

    /** The lifetimes that are asked for with each token, in whole seconds on the wire. Immutable. */
    public record Lifetimes(Duration accessToken, Duration refreshToken) {}

    /**
     * Hard limits. Immutable.
     *
     * @param exchange of a whole token request, its answer's body included
     * @param join of a caller's wait for a token; while an earlier one is valid it waits two seconds of it at the most
     * @param login of a person's login
     */
    public record Timeouts(Duration connect, Duration exchange, Duration join, Duration login) {}

    public String describe() {
        return "'" + LogSafeText.unbroken(name) + "' (" + url + ")";
    }
}

package io.github.camelzendesk.auth.oauth;

import java.util.concurrent.CompletableFuture;

/**
 * Brings an authorization code from a person (RFC 6749 section 4.1). Implementations are safe for use by several
 * threads and return at once: the person takes minutes.
 */
@FunctionalInterface
public interface Authorizer {
    /**
     * Starts one login.
     *
     * @return is cancelled when the code is not needed any more: then stop waiting, and give back what that took, such as a
     *     port. Completes with the code; or exceptionally with {@link AuthorizationRequired} when the person refused or
     *     did not answer in time, with {@link ConfigurationRefused} when the callback cannot be received
     */
    CompletableFuture<AuthorizationCode> authorize(AuthorizationUrl url);
}

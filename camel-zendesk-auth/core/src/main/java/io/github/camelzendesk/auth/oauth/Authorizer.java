package io.github.camelzendesk.auth.oauth;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Obtains an authorization code from a person (RFC 6749 section 4.1). Implementations are thread-safe and must not block:
 * a login takes minutes.
 */
@FunctionalInterface
public interface Authorizer {
    /**
     * Starts one login, and returns at once. What it throws fails the attempt that asked.
     *
     * @param url the page where the person consents; {@link AuthorizationUrl#with} adds a state and a PKCE challenge
     * @return completes with the code; exceptionally with {@link AuthorizationRequired} when the person refused or did
     *     not finish in time, and with {@link ConfigurationRefused} when the callback cannot be received. It is
     *     cancelled when the code is no longer needed, because another came first or the manager was closed: release
     *     the port then
     */
    CompletableFuture<AuthorizationCode> authorize(AuthorizationUrl url);

    /** The address that a person opens to finish a login; null when none waits, and where it is not known. */
    default @Nullable URI address() {
        return null;
    }
}

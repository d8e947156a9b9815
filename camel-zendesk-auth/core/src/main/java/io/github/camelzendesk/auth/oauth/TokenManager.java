package io.github.camelzendesk.auth.oauth;

import java.io.InterruptedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * Hands out the current {@code Authorization} header of one connection, obtains tokens, refreshes them before they
 * expire, and stores them. Thread-safe; no call but {@link #close} waits for Zendesk.
 *
 * <p>Each future completes on a daemon thread of its own, so dependent stages may take any time. It completes
 * exceptionally with a {@link ZendeskAuthException}. Cancelling it ends the wait only, not the attempt. Follows RFC
 * 6749 sections 4.1, 4.4 and 6.
 */
public interface TokenManager extends AutoCloseable {
    /** The authorization, when there is one that needs no renewal; null otherwise. The fast path: one volatile read. */
    @Nullable
    Authorization fresh();

    /**
     * The authorization, renewed first where that is necessary. Waits no longer than the join timeout, or the login
     * timeout while a person logs in. While an earlier token is still valid it waits two seconds of it at the most, and
     * completes with that one.
     */
    CompletableFuture<Authorization> authorization();

    /**
     * The authorization, waited for on this thread, for a call that is about to leave. The wait is bounded by the join
     * timeout, and by the login timeout while a person logs in.
     *
     * @throws ZendeskAuthException when there is none, and why
     * @throws InterruptedIOException when the thread was interrupted, and still is; what it waited for goes on
     */
    default Authorization await() throws InterruptedIOException {
        Authorization fresh = fresh();
        return fresh == null ? waited(authorization()) : fresh;
    }

    private static <T> T waited(CompletableFuture<T> promised) throws InterruptedIOException {
        try {
            return promised.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for a token");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ZendeskAuthException error) {
                throw error;
            }
            throw new IllegalStateException("The token manager failed", e.getCause());
        }
    }

    /**
     * Reports that Zendesk answered 401 {@code invalid_token} (RFC 6750 section 3.1) to the authorization of this
     * generation. One older than the current is ignored: it was replaced already.
     *
     * @return whether asking for the {@link #authorization} again will give another one, or try to
     */
    boolean reject(long generation);

    /**
     * Replaces an authorization that Zendesk has answered with 401 {@code invalid_token} (RFC 6750 section 3.1). All that
     * repeat a request after a 401 ask this, once a request. Completes with another authorization, to repeat the request
     * with; empty when there is no other, and the 401 is the answer.
     */
    default CompletableFuture<Optional<Authorization>> replace(Authorization refused) {
        return reject(refused.generation())
                ? authorization().thenApply(next -> Optional.of(next)
                        .filter(other -> other.generation() != refused.generation()))
                : CompletableFuture.completedFuture(Optional.empty());
    }

    /**
     * The {@linkplain #replace replacement} of a refused authorization, waited for on this thread.
     *
     * @throws ZendeskAuthException when none could be obtained, and why
     * @throws InterruptedIOException when the thread was interrupted, and still is; what it waited for goes on
     */
    default Optional<Authorization> awaitReplacement(Authorization refused) throws InterruptedIOException {
        return waited(replace(refused));
    }

    /**
     * Whether a request to this address may carry the authorization: its scheme, host and port are those of the
     * connection's account. Nothing else gets the authorization, however similar it looks.
     */
    boolean isOwn(URI address);

    /** The same for an address in parts; a negative port is the scheme's usual one. */
    boolean isOwn(String scheme, String host, int port);

    /**
     * Tells that a hand-over sends a request of the application to this address, which is not {@link #isOwn the
     * connection's}, without the authorization. It may be another name of the account, such as that of its help center, so
     * the log says so at WARN: once for each address, and for the first 16 only. Not for where a redirect leads.
     */
    default void sentWithout(String scheme, String host, int port) {}

    /** The same for an address as a whole; one without a scheme or a host is not told. */
    default void sentWithout(URI address) {
        if (address.getScheme() != null && address.getHost() != null) {
            sentWithout(address.getScheme(), address.getHost(), address.getPort());
        }
    }

    /** Obtains a new token now, and completes with the new {@link #status}. */
    CompletableFuture<ConnectionStatus> refresh();

    /**
     * Asks Zendesk who we are; never rotates. Completes with the identity; with {@code verified=false} and a reason
     * when only a rotation could tell; exceptionally when Zendesk does not know these credentials.
     */
    CompletableFuture<Map<String, Object>> verify();

    /** Ends the grant at Zendesk, then erases it here, and completes with the new {@link #status}. */
    CompletableFuture<ConnectionStatus> revoke();

    /** Exchanges an authorization code (RFC 6749 section 4.1.3), and completes with the new {@link #status}. */
    CompletableFuture<ConnectionStatus> exchangeCode(AuthorizationCode code);

    /**
     * The page where a person consents.
     *
     * @throws ConfigurationRefused when this connection does not use the authorization code grant
     */
    AuthorizationUrl authorizationUrl();

    /** What is known of the connection, without a secret and without a call to Zendesk. Reads the settings. */
    ConnectionStatus status();

    /**
     * The state of the connection, from memory alone, for monitoring of many connections. Does not count as a use
     * of the token, and does not read the settings.
     */
    ConnectionState state();

    /**
     * Where an export of the application goes on, kept with the tokens of this connection. Blocks on the store.
     *
     * @param name tells exports of one connection apart
     * @return empty when nothing is kept under this name
     * @throws ConfigurationRefused when this connection keeps no settings, as with credentials that never change
     * @throws SettingsUnavailable when they cannot be read
     */
    default Optional<String> cursor(String name) {
        throw noSettings();
    }

    /**
     * Keeps where an export of the application goes on. When this returns, it outlives the process as the tokens do. It takes
     * the lock of the settings, so keep one a page rather than one a record. Blocks on the store, for 30 s at most.
     *
     * @throws ConfigurationRefused when this connection keeps no settings, as with credentials that never change
     * @throws SettingsUnavailable when it could not be stored; what was kept before still is
     */
    default void keepCursor(String name, String cursor) {
        throw noSettings();
    }

    private static ConfigurationRefused noSettings() {
        return new ConfigurationRefused(
                "This connection keeps no settings, so it has no place for a cursor: keep the cursor"
                        + " in a file (cursorDirectory), or use OAuth.");
    }

    /**
     * Waits for a token request that is under way, for the exchange timeout and five seconds at most, stores what is
     * not stored, and begins no other. A login that waits for a person ends, and its callers get an error.
     */
    @Override
    void close();
}

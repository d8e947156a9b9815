package io.github.camelzendesk.auth.oauth;

import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.settings.SettingsStore;

/**
 * The keeper of one connection's credentials: hands out the current {@code Authorization} header, obtains tokens,
 * renews them ahead of their end, and stores them. Safe for use by any number of threads; no call but {@link #close}
 * waits for Zendesk.
 *
 * <p>Each future completes on a daemon thread of its own, so dependent stages may take any time. It completes
 * exceptionally with a {@link ZendeskAuthException}. Cancelling it ends the wait only, not the attempt. Follows RFC
 * 6749 sections 4.1, 4.4 and 6.
 */
public final class TokenManager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final Connection connection;
    private final Origin own;
    private final CurrentToken token;
    private final @Nullable Renewal renewal; // null for credentials that never change
    private final Administration administration;
    private final AtomicBoolean refusalLogged = new AtomicBoolean();

    TokenManager(Connection connection, SettingsStore store, AuthorizationServer asked, Surroundings surroundings) {
        AuthorizationServer server = new MeasuredServer(asked, surroundings.engine());
        this.connection = connection;
        this.own = Origin.of(URI.create(connection.url()));
        this.token = new CurrentToken(surroundings.clock(), surroundings.nanoTime());
        if (connection.credentials() instanceof Credentials.Fixed fixed) {
            this.renewal = null;
            this.token.replace(Authorization.endless(fixed.header().reveal()));
        } else {
            this.renewal = new Renewal(connection, token, store, server, surroundings);
        }
        this.administration = new Administration(this, connection, store, server, renewal, surroundings);
    }

    /**
     * The manager of a connection.
     *
     * @param authorizer brings a code from a person when there is no usable grant; null when nobody can be asked
     */
    public static TokenManager open(
            Connection connection, SettingsStore store, TokenEndpoint endpoint, @Nullable Authorizer authorizer) {
        return open(connection, store, endpoint, authorizer, TokenListener.NONE);
    }

    /**
     * The manager of a connection that tells a listener what happens.
     *
     * @param authorizer brings a code from a person when there is no usable grant; null when nobody can be asked
     */
    public static TokenManager open(
            Connection connection,
            SettingsStore store,
            TokenEndpoint endpoint,
            @Nullable Authorizer authorizer,
            TokenListener listener) {
        Surroundings surroundings = new Surroundings(
                InstantSource.system(),
                System::nanoTime,
                // Stateless, so that a hundred thousand managers have none of their own.
                () -> ThreadLocalRandom.current().nextLong(),
                SharedEngine.instance(),
                authorizer,
                listener);
        TokenManager manager = new TokenManager(connection, store, endpoint, surroundings);
        manager.start();
        return manager;
    }

    /** The authorization, when there is one that needs no renewal; null otherwise. The fast path: one volatile read. */
    public @Nullable Authorization fresh() {
        return token.fresh();
    }

    /**
     * The authorization, renewed first where that is necessary. Waits no longer than the join timeout, or the login
     * timeout while a person logs in. While an earlier token is still valid it waits two seconds of it at the most, and
     * completes with that one.
     */
    public CompletableFuture<Authorization> authorization() {
        Authorization fresh = fresh();
        return fresh == null && renewal != null ? renewal.attempts().join() : CompletableFuture.completedFuture(fresh);
    }

    /**
     * Reports that Zendesk answered 401 {@code invalid_token} (RFC 6750 section 3.1) to the authorization of this
     * generation. An older one than the current is ignored: somebody has renewed already.
     *
     * @return whether asking for the {@link #authorization} again will give another one, or try to
     */
    public boolean reject(long generation) {
        if (renewal != null) {
            return renewal.reject(generation);
        }
        logRefusal();
        return false;
    }

    /** At WARN once: these credentials are refused for every message until they are replaced. */
    private void logRefusal() {
        if (refusalLogged.getAndSet(true)) {
            LOG.debug("Connection {}: Zendesk refused the credentials again (401)", connection.describe());
            return;
        }
        LOG.warn(
                "Connection {}: Zendesk refused the credentials (401). They are used as configured; renew them by hand, or"
                        + " let OAuth do it with initiateOAuth.",
                connection.describe());
    }

    /**
     * Whether a request to this address may carry the authorization: its scheme, host and port are those of the
     * connection's account. Nothing else gets the authorization, however similar it looks.
     */
    public boolean isOwn(URI address) {
        return address.getScheme() != null
                && address.getHost() != null
                && isOwn(address.getScheme(), address.getHost(), address.getPort());
    }

    /** The same for an address in parts; a negative port is the scheme's usual one. */
    public boolean isOwn(String scheme, String host, int port) {
        return own.is(scheme, host, port);
    }

    /** Obtains a new token now, and completes with the new {@link #status}. */
    public CompletableFuture<Map<String, Object>> refresh() {
        return administration.refresh();
    }

    /**
     * Asks Zendesk who we are; never rotates. Completes with the identity; with {@code verified=false} and a reason
     * when only a rotation could tell; exceptionally when Zendesk knows nobody by these credentials.
     */
    public CompletableFuture<Map<String, Object>> verify() {
        return administration.verify();
    }

    /** Ends the grant at Zendesk, then erases it here, and completes with the new {@link #status}. */
    public CompletableFuture<Map<String, Object>> revoke() {
        return administration.revoke();
    }

    /** Exchanges an authorization code (RFC 6749 section 4.1.3), and completes with the new {@link #status}. */
    public CompletableFuture<Map<String, Object>> exchangeCode(AuthorizationCode code) {
        return administration.exchange(code);
    }

    /**
     * The page where a person consents.
     *
     * @throws ConfigurationRefused when this connection does not use the authorization code grant
     */
    public AuthorizationUrl authorizationUrl() {
        return administration.authorizationUrl();
    }

    /** What is known of the connection, without a secret and without a call to Zendesk. Reads the settings. */
    public Map<String, Object> status() {
        return administration.status();
    }

    /**
     * The condition of the connection, from memory alone, for monitoring of many connections. Does not count as a use
     * of the token, and does not read the settings.
     */
    public Condition condition() {
        return renewal == null ? Condition.READY : renewal.health().condition();
    }

    /**
     * Waits for a token request that is under way, for the exchange timeout and five seconds at most, stores what is
     * not stored, and begins no other. A login that waits for a person ends, and its callers get an error.
     */
    @Override
    public void close() {
        if (renewal != null) {
            renewal.close();
        }
    }

    @Override
    public String toString() {
        return "TokenManager[" + connection.describe() + "]";
    }

    void start() {
        if (renewal != null) {
            renewal.start();
        }
    }

    @Nullable
    Authorization current() {
        return token.current();
    }
}

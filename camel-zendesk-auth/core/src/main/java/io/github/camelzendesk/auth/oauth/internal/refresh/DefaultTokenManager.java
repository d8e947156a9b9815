package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.AuthorizationUrl;
import io.github.camelzendesk.auth.oauth.Authorizer;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.ConnectionState;
import io.github.camelzendesk.auth.oauth.ConnectionStatus;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.engine.SharedThreads;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.oauth.internal.wire.MeasuredServer;
import io.github.camelzendesk.auth.oauth.internal.wire.RunningDeadline;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenEndpoint;
import io.github.camelzendesk.auth.oauth.internal.wire.Transport;
import io.github.camelzendesk.auth.settings.SettingsStore;

/** Hands the calls to the parts that answer them. Thread-safe. */
public final class DefaultTokenManager implements TokenManager {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final Connection connection;
    private final Origin own;
    private final OtherAddresses others;
    private final CurrentToken token;
    private final @Nullable RefreshCoordinator coordinator; // null for credentials that never change
    private final ConnectionOperations operations;
    private final AtomicBoolean refusalLogged = new AtomicBoolean();

    DefaultTokenManager(Connection connection, SettingsStore store, AuthorizationServer asked, EngineContext context) {
        AuthorizationServer server = new MeasuredServer(asked, context.engine(), connection, context.listener());
        this.connection = connection;
        this.own = Origin.of(URI.create(connection.url()));
        this.others = new OtherAddresses(connection);
        this.token = new CurrentToken(context.clock(), context.nanoTime());
        if (connection.credentials() instanceof Credentials.Fixed fixed) {
            this.coordinator = null;
            this.token.replace(ExpiringAuthorization.endless(
                    new Authorization(fixed.header().reveal(), 0)));
        } else {
            this.coordinator = new RefreshCoordinator(connection, token, store, server, context);
        }
        this.operations = new ConnectionOperations(this, connection, store, server, coordinator, context);
    }

    /**
     * The manager of a connection, with the threads and clocks of this JVM.
     *
     * @param authorizer obtains a code from a person when there is no usable grant; null when no person can be asked
     */
    public static TokenManager open(
            Connection connection,
            SettingsStore store,
            Transport transport,
            @Nullable Authorizer authorizer,
            TokenListener listener) {
        DefaultTokenManager manager = new DefaultTokenManager(
                connection, store, endpoint(connection, transport), context(authorizer, listener));
        manager.start();
        return manager;
    }

    /** The same, but it only does what a call asks for, and asks no person. Reads the store once. */
    public static TokenManager openOnDemand(
            Connection connection, SettingsStore store, Transport transport, TokenListener listener) {
        DefaultTokenManager manager = new DefaultTokenManager(
                connection,
                store,
                endpoint(connection, transport),
                context(null, listener).onDemand());
        if (manager.coordinator != null) {
            manager.coordinator.startOnDemand();
        }
        return manager;
    }

    private static EngineContext context(@Nullable Authorizer authorizer, TokenListener listener) {
        return new EngineContext(
                InstantSource.system(),
                System::nanoTime,
                // Stateless, so that a hundred thousand managers have none of their own.
                () -> ThreadLocalRandom.current().nextLong(),
                SharedThreads.instance(),
                authorizer,
                listener);
    }

    static TokenEndpoint endpoint(Connection connection, Transport transport) {
        return new TokenEndpoint(
                connection,
                transport,
                InstantSource.system(),
                (limit, whenOver) -> new RunningDeadline(limit, System::nanoTime, SharedThreads.limits(), whenOver));
    }

    @Override
    public @Nullable Authorization fresh() {
        return token.fresh();
    }

    @Override
    public CompletableFuture<Authorization> authorization() {
        Authorization fresh = fresh();
        return fresh == null && coordinator != null
                ? coordinator.attempts().join()
                : CompletableFuture.completedFuture(fresh);
    }

    @Override
    public boolean reject(long generation) {
        if (coordinator != null) {
            return coordinator.reject(generation);
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

    @Override
    public boolean isOwn(URI address) {
        return address.getScheme() != null
                && address.getHost() != null
                && isOwn(address.getScheme(), address.getHost(), address.getPort());
    }

    @Override
    public boolean isOwn(String scheme, String host, int port) {
        return own.is(scheme, host, port);
    }

    @Override
    public void sentWithout(String scheme, String host, int port) {
        others.tell(scheme, host, port);
    }

    @Override
    public CompletableFuture<ConnectionStatus> refresh() {
        return operations.refresh();
    }

    @Override
    public CompletableFuture<Map<String, Object>> verify() {
        return operations.verify();
    }

    @Override
    public CompletableFuture<ConnectionStatus> revoke() {
        return operations.revoke();
    }

    @Override
    public CompletableFuture<ConnectionStatus> exchangeCode(AuthorizationCode code) {
        return operations.exchange(code);
    }

    @Override
    public AuthorizationUrl authorizationUrl() {
        return operations.authorizationUrl();
    }

    @Override
    public ConnectionStatus status() {
        return operations.status();
    }

    @Override
    public ConnectionState state() {
        return coordinator == null
                ? ConnectionState.READY
                : coordinator.health().state();
    }

    @Override
    public Optional<String> cursor(String name) {
        return coordinator == null ? TokenManager.super.cursor(name) : operations.cursor(name);
    }

    @Override
    public void keepCursor(String name, String cursor) {
        if (coordinator == null) {
            TokenManager.super.keepCursor(name, cursor);
        } else {
            operations.keepCursor(name, cursor);
        }
    }

    @Override
    public void close() {
        if (coordinator != null) {
            coordinator.close();
        }
    }

    @Override
    public String toString() {
        return "TokenManager[" + connection.describe() + "]";
    }

    void start() {
        if (coordinator != null) {
            coordinator.start();
        }
    }

    @Nullable
    ExpiringAuthorization current() {
        return token.current();
    }
}

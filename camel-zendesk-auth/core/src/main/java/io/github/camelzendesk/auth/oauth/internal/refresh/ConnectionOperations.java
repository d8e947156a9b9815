package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.AuthorizationUrl;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.ConnectionStatus;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.oauth.internal.rotation.ErrorMessages;
import io.github.camelzendesk.auth.oauth.internal.rotation.TokenRequirement;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;

/**
 * What a person or an operator asks of a connection: status, verify, refresh, revoke, login. Thread-safe.
 */
final class ConnectionOperations {
    private final TokenManager manager;
    private final Connection connection;
    private final @Nullable RefreshCoordinator coordinator;
    private final EngineContext context;
    private final EventDispatcher events;
    private final StatusView view;
    private final Verification verification;

    ConnectionOperations(
            TokenManager manager,
            Connection connection,
            SettingsStore store,
            AuthorizationServer server,
            @Nullable RefreshCoordinator coordinator,
            EngineContext context) {
        this.manager = manager;
        this.connection = connection;
        this.coordinator = coordinator;
        this.context = context;
        this.events = coordinator == null ? new EventDispatcher(connection, null, context) : coordinator.events();
        this.view = new StatusView(connection, store, coordinator, context);
        this.verification = new Verification(connection, store, server, coordinator, context.clock());
    }

    AuthorizationUrl authorizationUrl() {
        return AuthorizationUrl.of(connection, grant());
    }

    CompletableFuture<ConnectionStatus> refresh() {
        RefreshCoordinator able = coordinator;
        if (able == null) {
            return CompletableFuture.failedFuture(new ConfigurationRefused("Connection " + connection.describe()
                    + " has nothing to refresh: authScheme "
                    + connection.credentials().authScheme()
                    + " uses what is configured. Use initiateOAuth=REFRESH or authScheme=OAuthClient."));
        }
        return inTurn(able.source()::newer)
                // Also when the caller has gone meanwhile.
                .thenCompose(need -> able.attempts().demand(need).thenApply(renewed -> {
                    events.refreshedByHand();
                    return status();
                }));
    }

    CompletableFuture<ConnectionStatus> exchange(AuthorizationCode code) {
        try {
            grant();
        } catch (ConfigurationRefused e) {
            return CompletableFuture.failedFuture(e);
        }
        return coordinator().attempts().demand(TokenRequirement.exchange(code)).thenApply(renewed -> status());
    }

    CompletableFuture<Map<String, Object>> verify() {
        if (connection.credentials() instanceof Credentials.ClientCredentials) {
            return manager.authorization().thenCompose(a -> inTurn(() -> told(verification.identity(a))));
        }
        return inTurn(() -> told(verification.verify()));
    }

    private Map<String, Object> told(Map<String, Object> identity) {
        events.verified(identity);
        return identity;
    }

    CompletableFuture<ConnectionStatus> revoke() {
        RefreshCoordinator able = coordinator;
        if (able == null) {
            return CompletableFuture.failedFuture(
                    new ConfigurationRefused(
                            "Connection " + connection.describe()
                                    + " holds no grant of its own to revoke: delete the API token or the access token in Admin Center."));
        }
        // Only a valid access token can be revoked, so an expired one is renewed first, if that needs no person.
        // A grant that is over is only erased.
        Authorization fresh = manager.fresh();
        return (fresh == null ? able.attempts().demandAlone() : CompletableFuture.completedFuture(fresh))
                .handle((live, error) -> error)
                .thenCompose(error -> isRevocable(error)
                        ? inTurn(this::revokeAndErase)
                        : CompletableFuture.failedFuture(TaskScheduler.cause(error)));
    }

    private static boolean isRevocable(@Nullable Throwable error) {
        return error == null || TaskScheduler.cause(error) instanceof AuthorizationRequired;
    }

    ConnectionStatus status() {
        return view.status();
    }

    Optional<String> cursor(String name) {
        try {
            return coordinator().source().cursor(name);
        } catch (SettingsStoreException e) {
            throw ErrorMessages.of(connection, e);
        }
    }

    void keepCursor(String name, String cursor) {
        try {
            coordinator().source().keepCursor(name, cursor);
        } catch (SettingsStoreException e) {
            throw ErrorMessages.of(connection, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SettingsUnavailable("Interrupted while a cursor was to be stored", e);
        }
    }

    private ConnectionStatus revokeAndErase() throws InterruptedException {
        coordinator().source().revoke();
        coordinator().forget();
        return status();
    }

    private RefreshCoordinator coordinator() {
        return Objects.requireNonNull(coordinator, "fixed credentials are not renewed");
    }

    private Credentials.Grant grant() {
        if (connection.credentials() instanceof Credentials.Grant grant) {
            return grant;
        }
        throw new ConfigurationRefused("Connection " + connection.describe()
                + " does not log a person in: that takes authScheme=OAuth with oauthClientId and callbackUrl, and it has"
                + " authScheme " + connection.credentials().authScheme() + ".");
    }

    private <T> CompletableFuture<T> inTurn(Callable<T> work) {
        Turn<T> turn = new Turn<>(work);
        try {
            context.engine().call(connection.url(), turn);
        } catch (RuntimeException | Error e) {
            turn.fail(ErrorMessages.notBegun(connection, e));
        }
        return turn.result;
    }

    private final class Turn<T> implements TaskScheduler.Work {
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private final Callable<T> work;

        Turn(Callable<T> work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                context.engine().complete(result, work.call(), null);
            } catch (SettingsStoreException e) {
                fail(ErrorMessages.unspent(e));
            } catch (Exception | Error e) {
                fail(e);
            }
        }

        @Override
        public void refuse(RejectedExecutionException e) {
            fail(ErrorMessages.notBegun(connection, e));
        }

        private void fail(Throwable e) {
            context.engine().complete(result, null, e);
        }
    }
}

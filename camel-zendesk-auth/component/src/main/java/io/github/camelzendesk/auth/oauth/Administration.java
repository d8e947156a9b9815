package io.github.camelzendesk.auth.oauth;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * What a person or an operator asks of a connection: status, verify, refresh, revoke, login. Safe for use by several
 * threads.
 */
final class Administration {
    private final TokenManager manager;
    private final Connection connection;
    private final SettingsStore store;
    private final AuthorizationServer server;
    private final @Nullable Renewal renewal;
    private final Surroundings surroundings;
    private final StatusView view;

    Administration(
            TokenManager manager,
            Connection connection,
            SettingsStore store,
            AuthorizationServer server,
            @Nullable Renewal renewal,
            Surroundings surroundings) {
        this.manager = manager;
        this.connection = connection;
        this.store = store;
        this.server = server;
        this.renewal = renewal;
        this.surroundings = surroundings;
        this.view = new StatusView(connection, store, renewal, surroundings.clock());
    }

    AuthorizationUrl authorizationUrl() {
        return authorizationUrl(connection, grant());
    }

    static AuthorizationUrl authorizationUrl(Connection connection, Credentials.Grant grant) {
        return new AuthorizationUrl(
                connection.endpoints().authorization(),
                grant.client().identifier(),
                grant.redirectUri(),
                grant.scope());
    }

    CompletableFuture<Map<String, Object>> refresh() {
        Renewal able = renewal;
        if (able == null) {
            return CompletableFuture.failedFuture(new ConfigurationRefused("Connection " + connection.describe()
                    + " has nothing to refresh: authScheme "
                    + connection.credentials().authScheme()
                    + " uses what is configured. Use initiateOAuth=REFRESH or authScheme=OAuthClient."));
        }
        return inTurn(able.rotation()::newer)
                .thenCompose(need -> able.attempts().demand(need))
                .thenApply(renewed -> status());
    }

    CompletableFuture<Map<String, Object>> exchange(AuthorizationCode code) {
        try {
            grant();
        } catch (ConfigurationRefused e) {
            return CompletableFuture.failedFuture(e);
        }
        return renewal().attempts().demand(Need.exchange(code)).thenApply(renewed -> status());
    }

    CompletableFuture<Map<String, Object>> verify() {
        if (connection.credentials() instanceof Credentials.Fixed fixed) {
            return inTurn(() -> identity(fixed.header()));
        }
        if (connection.credentials() instanceof Credentials.ClientCredentials) {
            return manager.authorization().thenCompose(a -> inTurn(() -> identity(Secret.of(a.headerValue()))));
        }
        return inTurn(this::verifyGrant);
    }

    CompletableFuture<Map<String, Object>> revoke() {
        Renewal able = renewal;
        if (able == null) {
            return CompletableFuture.failedFuture(
                    new ConfigurationRefused(
                            "Connection " + connection.describe()
                                    + " holds no grant of its own to revoke: delete the API token or the access token in Admin Center."));
        }
        // Only a live access token can be revoked by itself, so an expired one is renewed first, if it can be
        // without a person. Of a grant that is over there is only the memory to erase.
        Authorization fresh = manager.fresh();
        return (fresh == null ? able.attempts().demandAlone() : CompletableFuture.completedFuture(fresh))
                .handle((live, error) -> error)
                .thenCompose(error -> isRevocable(error)
                        ? inTurn(this::revokeAndErase)
                        : CompletableFuture.failedFuture(Engine.cause(error)));
    }

    private static boolean isRevocable(@Nullable Throwable error) {
        return error == null || Engine.cause(error) instanceof AuthorizationRequired;
    }

    Map<String, Object> status() {
        return view.status();
    }

    private Map<String, Object> verifyGrant() {
        OAuthSettings known = renewal().rotation().known();
        if (renewal().rotation().beginsWithConfigured(known)) {
            return verifyConfigured(grant().bootstrap());
        }
        Authorization current = manager.current();
        TokenPair stored = known.tokens();
        Secret token = stored == null ? null : stored.accessToken();
        if (current != null && StatusView.isFresh(current, surroundings.clock())) {
            return identity(Secret.of(current.headerValue()));
        }
        if (stored != null && token != null && !isOver(stored.expiresAt())) {
            return identity(bearer(token));
        }
        if (stored != null) {
            return unverified(
                    "the access token has expired, and only a rotation could tell more: the next use renews it");
        }
        if (renewal().rotation().canBegin(known)) {
            return unverified("the configured code is not used yet");
        }
        throw Refusals.noGrant(connection, store);
    }

    /** The next use begins with these tokens. */
    private Map<String, Object> verifyConfigured(Credentials.Bootstrap configured) {
        Secret token = configured.accessToken();
        if (token != null && !isOver(configured.expiresAt())) {
            return identity(bearer(token));
        }
        return unverified(
                configured.refreshToken() == null
                        ? "the configured access token has expired"
                        : "the configured refresh token is not used yet, and only its use could tell more");
    }

    private static Secret bearer(Secret token) {
        return Secret.of("Bearer " + token.reveal());
    }

    private static Map<String, Object> unverified(String reason) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("verified", false);
        answer.put("reason", reason);
        return answer;
    }

    private boolean isOver(@Nullable Instant end) {
        return end != null && !surroundings.clock().instant().isBefore(end);
    }

    private Map<String, Object> identity(Secret header) {
        Map<String, Object> identity = server.whoAmI(header);
        if (identity.isEmpty()) {
            throw nobody();
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("verified", true);
        answer.putAll(identity);
        return answer;
    }

    private ZendeskAuthException nobody() {
        String where = "Zendesk knows nobody by the credentials of connection " + connection.describe() + ": ";
        return switch (connection.credentials().authScheme()) {
            case "Basic" ->
                new ConfigurationRefused(where + "check user and password. Zendesk withdrew password access"
                        + " in January 2026: use OAuth (authScheme=OAuthClient, or initiateOAuth=GETANDREFRESH).");
            case "APIToken" ->
                new ConfigurationRefused(where + "check user and apiToken. All API tokens end on 30 April"
                        + " 2027: use OAuth (authScheme=OAuthClient, or initiateOAuth=GETANDREFRESH).");
            default ->
                new AuthorizationRequired(
                        AuthorizationRequired.Reason.REFUSED,
                        where
                                + "the access token was revoked or has expired. It is renewed when a call meets the refusal, or"
                                + " by operation=refresh.");
        };
    }

    private Map<String, Object> revokeAndErase() throws InterruptedException {
        renewal().rotation().revoke();
        renewal().forget();
        return status();
    }

    private Renewal renewal() {
        return Objects.requireNonNull(renewal, "fixed credentials are not renewed");
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
            surroundings.engine().call(connection.url(), turn);
        } catch (RuntimeException | Error e) {
            turn.fail(Refusals.notBegun(connection, e));
        }
        return turn.result;
    }

    private final class Turn<T> implements Engine.Work {
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private final Callable<T> work;

        Turn(Callable<T> work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                surroundings.engine().complete(result, work.call(), null);
            } catch (SettingsStoreException e) {
                fail(Refusals.unspent(e));
            } catch (Exception | Error e) {
                fail(e);
            }
        }

        @Override
        public void refuse(RejectedExecutionException e) {
            fail(Refusals.notBegun(connection, e));
        }

        private void fail(Throwable e) {
            surroundings.engine().complete(result, null, e);
        }
    }
}

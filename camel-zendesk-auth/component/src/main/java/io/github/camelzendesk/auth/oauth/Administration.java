package io.github.camelzendesk.auth.oauth;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

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
        if (renewal == null) {
            return CompletableFuture.failedFuture(
                    new ConfigurationRefused(
                            "Connection " + connection.describe()
                                    + " holds no grant of its own to revoke: delete the API token or the access token in Admin Center."));
        }
        // Only a live access token can be revoked by itself, so an expired one is renewed first. Of a grant that is over
        // there is only the memory to erase.
        return manager.authorization()
                .handle((live, error) -> error)
                .thenCompose(error -> isRevocable(error) ? inTurn(this::revokeAndErase) : CompletableFuture.failedFuture(Engine.cause(error)));
    }

    private static boolean isRevocable(@Nullable Throwable error) {
        return error == null || Engine.cause(error) instanceof AuthorizationRequired;
    }

    Map<String, Object> status() {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("connection", connection.name());
        status.put("url", connection.url());
        status.put("authScheme", connection.credentials().authScheme());
        if (renewal == null) {
            status.put("state", "READY");
        } else {
            putSettings(status, renewal);
        }
        return status;
    }

    private void putSettings(Map<String, Object> status, Renewal able) {
        status.put("settingsLocation", store.identity());
        try {
            OAuthSettings known = able.rotation().known();
            status.put("state", state(known, able));
            status.put("generation", known.generation());
            putTokens(status, known.tokens());
            if (known.ended() != null) {
                put(status, "authorizationRequired", known.ended().reason());
            }
        } catch (SettingsStoreException e) {
            status.put("state", "SETTINGS_UNAVAILABLE");
            put(status, "reason", e.getMessage());
        }
        status.put("settingsDirty", able.rotation().isDirty());
        status.put("lastOutcome", able.health().lastOutcome());
        put(status, "nextRefresh", able.health().nextRefresh());
        ZendeskAuthException shortfall = able.health().shortfall();
        if (shortfall != null) {
            put(status, "shortfall", shortfall.getMessage());
        }
    }

    private String state(OAuthSettings known, Renewal able) {
        if (able.health().isUnderWay()) {
            return "REFRESHING";
        }
        boolean over = known.ended() != null || known.tokens() == null;
        if (over && able.rotation().canBegin(known)) {
            return "NO_TOKEN";
        }
        if (known.ended() != null) {
            return "AUTHORIZATION_REQUIRED";
        }
        if (known.tokens() == null) {
            return connection.credentials() instanceof Credentials.Grant ? "NO_GRANT" : "NO_TOKEN";
        }
        return isFresh(manager.current()) ? "READY" : "EXPIRED";
    }

    private void putTokens(Map<String, Object> status, @Nullable TokenPair tokens) {
        if (tokens != null) {
            if (KeepAlive.isEndangered(tokens, surroundings.clock().instant())) {
                put(status, "warning", "the refresh token lapses within a week, and could not be rotated so far");
            }
            status.put("obtainedAt", tokens.obtainedAt().toString());
            put(status, "expiresAt", tokens.expiresAt());
            put(status, "refreshTokenExpiresAt", tokens.refreshExpiresAt());
            put(status, "scope", tokens.scope());
            status.put("refreshable", tokens.refreshToken() != null);
        }
    }

    /** A look, not a use: a token that is only looked at is not renewed ahead of its end. */
    private boolean isFresh(@Nullable Authorization authorization) {
        return authorization != null && surroundings.clock().millis() < authorization.softDeadline();
    }

    private static void put(Map<String, Object> status, String key, @Nullable Object value) {
        if (value != null) {
            status.put(key, value instanceof Instant instant ? instant.toString() : value);
        }
    }

    private Map<String, Object> verifyGrant() {
        Authorization current = manager.current();
        TokenPair stored = renewal().rotation().known().tokens();
        Secret token = stored == null ? null : stored.accessToken();
        if (current != null && isFresh(current)) {
            return identity(Secret.of(current.headerValue()));
        }
        if (stored != null && token != null && !isOver(stored)) {
            return identity(Secret.of("Bearer " + token.reveal()));
        }
        if (stored == null) {
            throw Refusals.noGrant(connection, store);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("verified", false);
        answer.put(
                "reason", "the access token has expired, and only a rotation could tell more: the next use renews it");
        return answer;
    }

    private boolean isOver(TokenPair tokens) {
        Instant end = tokens.expiresAt();
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
        CompletableFuture<T> result = new CompletableFuture<>();
        Engine engine = surroundings.engine();
        try {
            engine.call(connection.url(), () -> complete(result, work));
        } catch (RuntimeException | Error e) {
            engine.complete(result, null, Refusals.notBegun(connection, e));
        }
        return result;
    }

    private <T> void complete(CompletableFuture<T> result, Callable<T> work) {
        Engine engine = surroundings.engine();
        try {
            engine.complete(result, work.call(), null);
        } catch (SettingsStoreException e) {
            engine.complete(result, null, Refusals.unspent(e));
        } catch (Exception | Error e) {
            engine.complete(result, null, e);
        }
    }
}

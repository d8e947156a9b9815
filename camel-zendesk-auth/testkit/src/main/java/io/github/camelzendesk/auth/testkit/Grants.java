package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** What Zendesk knows of codes and tokens, and the rules by which they come and go. For use under the protocol's lock. */
final class Grants {
    private static final Duration CODE_LIFETIME = Duration.ofMinutes(2);

    private final InstantSource clock;
    private final Map<String, Code> codes = new HashMap<>();
    private final Map<String, IssuedTokens> byAccess = new LinkedHashMap<>();
    private final Map<String, IssuedTokens> byRefresh = new LinkedHashMap<>();
    private final Set<String> spent = new HashSet<>();
    private final Map<String, String> successors = new HashMap<>();
    private int reuses;

    Grants(InstantSource clock) {
        this.clock = clock;
    }

    private record Code(
            RegisteredClient client, String redirectUri, String scope, @Nullable String challenge, Instant at) {}

    int reuses() {
        return reuses;
    }

    int rotations() {
        return spent.size();
    }

    @Nullable
    String successor(String refreshToken) {
        return successors.get(refreshToken);
    }

    Set<String> liveRefreshTokens() {
        return byRefresh.keySet().stream().filter(this::isLiveRefreshToken).collect(Collectors.toUnmodifiableSet());
    }

    boolean isLiveRefreshToken(String refreshToken) {
        IssuedTokens pair = byRefresh.get(refreshToken);
        return pair != null && !isOver(pair.refreshExpiresAt());
    }

    @Nullable
    IssuedTokens live(String accessToken) {
        IssuedTokens pair = byAccess.get(accessToken);
        return pair == null || isOver(pair.expiresAt()) ? null : pair;
    }

    private boolean isOver(@Nullable Instant end) {
        return end != null && !clock.instant().isBefore(end);
    }

    void revoke(String accessToken) {
        IssuedTokens pair = byAccess.remove(accessToken);
        if (pair != null && pair.refreshToken() != null) {
            byRefresh.remove(pair.refreshToken());
        }
    }

    void revokeAll(RegisteredClient client) {
        all().stream()
                .filter(pair -> pair.clientId().equals(client.identifier()))
                .forEach(pair -> revoke(pair.accessToken()));
    }

    /** All pairs of which a token lives. */
    List<IssuedTokens> all() {
        return byAccess.values().stream()
                .filter(pair -> !isOver(pair.expiresAt())
                        || pair.refreshToken() != null && isLiveRefreshToken(pair.refreshToken()))
                .toList();
    }

    String code(RegisteredClient client, String redirectUri, String scope, @Nullable String challenge) {
        String code = IssuedSecrets.issue("zac_");
        codes.put(code, new Code(client, redirectUri, scope, challenge, clock.instant()));
        return code;
    }

    IssuedTokens redeem(RegisteredClient client, Map<String, String> form, Terms terms) {
        Code code = codes.remove(form.getOrDefault("code", ""));
        if (code == null
                || !code.client().identifier().equals(client.identifier())
                || !code.redirectUri().equals(form.get("redirect_uri"))
                || clock.instant().isAfter(code.at().plus(CODE_LIFETIME))
                || !PkceCheck.proves(code.challenge(), form.get("code_verifier"))) {
            throw TokenError.grant();
        }
        return issue(client, Scopes.granted(client, code.scope()), terms, true);
    }

    IssuedTokens rotate(RegisteredClient client, Map<String, String> form, Terms terms) {
        String token = form.getOrDefault("refresh_token", "");
        if (spent.contains(token)) {
            reuses++;
        }
        IssuedTokens old = byRefresh.get(token);
        if (old == null || !old.clientId().equals(client.identifier()) || isOver(old.refreshExpiresAt())) {
            throw TokenError.grant();
        }
        return client.terms().rotates()
                ? rotated(client, old, token, terms)
                : keep(made(client, old.scope(), terms, false).refreshedBy(token, old.refreshExpiresAt()));
    }

    /** Both die at once, before the answer is on its way: that is what makes a lost answer a lost grant. */
    private IssuedTokens rotated(RegisteredClient client, IssuedTokens old, String token, Terms terms) {
        byRefresh.remove(token);
        byAccess.remove(old.accessToken());
        spent.add(token);
        return succeed(token, issue(client, old.scope(), terms, true));
    }

    private IssuedTokens succeed(String spentToken, IssuedTokens pair) {
        if (pair.refreshToken() != null) {
            successors.put(spentToken, pair.refreshToken());
        }
        return pair;
    }

    IssuedTokens issue(RegisteredClient client, String scope, Terms terms, boolean refreshable) {
        return keep(made(client, scope, terms, refreshable));
    }

    private IssuedTokens made(RegisteredClient client, String scope, Terms terms, boolean refreshable) {
        Instant now = clock.instant();
        Instant end = terms.access() == null ? null : now.plus(terms.access());
        boolean withRefresh = refreshable && end != null;
        return new IssuedTokens(
                client.identifier(),
                terms.jwt() ? AccessTokens.jwt(client, scope, now, end) : AccessTokens.opaque(),
                withRefresh ? IssuedSecrets.issue("zrt_") : null,
                scope,
                now,
                end,
                withRefresh ? now.plus(terms.refresh()) : null);
    }

    private IssuedTokens keep(IssuedTokens pair) {
        byAccess.put(pair.accessToken(), pair);
        if (pair.refreshToken() != null) {
            byRefresh.put(pair.refreshToken(), pair);
        }
        return pair;
    }
}

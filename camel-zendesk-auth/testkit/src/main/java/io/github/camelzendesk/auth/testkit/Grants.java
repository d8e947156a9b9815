package io.github.camelzendesk.auth.testkit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** What Zendesk knows of codes and tokens, and the rules by which they come and go. For use under the server's lock. */
final class Grants {
    private static final Duration CODE_LIFETIME = Duration.ofSeconds(120);
    private static final List<String> RESOURCES =
            List.of("tickets", "users", "organizations", "hc", "apps", "triggers");

    private final InstantSource clock;
    private final Map<String, Code> codes = new HashMap<>();
    private final Map<String, TokenPair> byAccess = new LinkedHashMap<>();
    private final Map<String, TokenPair> byRefresh = new LinkedHashMap<>();
    private final Set<String> spent = new HashSet<>();
    private int reuses;

    Grants(InstantSource clock) {
        this.clock = clock;
    }

    private record Code(OAuthClient client, String redirectUri, String scope, @Nullable String challenge, Instant at) {}

    /** A refusal of the token endpoint. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;

        Refused(int status, String error) {
            super(error);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    int reuses() {
        return reuses;
    }

    Set<String> liveRefreshTokens() {
        return Set.copyOf(byRefresh.keySet());
    }

    @Nullable
    TokenPair live(String accessToken) {
        TokenPair pair = byAccess.get(accessToken);
        boolean over =
                pair == null || pair.expiresAt() != null && !clock.instant().isBefore(pair.expiresAt());
        return over ? null : pair;
    }

    void revoke(String accessToken) {
        TokenPair pair = byAccess.remove(accessToken);
        if (pair != null && pair.refreshToken() != null) {
            byRefresh.remove(pair.refreshToken());
        }
    }

    String code(OAuthClient client, String redirectUri, String scope, @Nullable String challenge) {
        String code = IssuedSecrets.issue("zac_");
        codes.put(code, new Code(client, redirectUri, scope, challenge, clock.instant()));
        return code;
    }

    TokenPair redeem(OAuthClient client, Map<String, String> form, @Nullable Duration lifetime) {
        Code code = codes.remove(form.getOrDefault("code", ""));
        if (code == null
                || !code.client().equals(client)
                || !code.redirectUri().equals(form.get("redirect_uri"))
                || clock.instant().isAfter(code.at().plus(CODE_LIFETIME))
                || !proves(code.challenge(), form.get("code_verifier"))) {
            throw new Refused(400, "invalid_grant");
        }
        return issue(client, code.scope(), form, lifetime, true);
    }

    TokenPair rotate(OAuthClient client, Map<String, String> form, @Nullable Duration lifetime) {
        String token = form.getOrDefault("refresh_token", "");
        TokenPair old = byRefresh.get(token);
        if (old == null && spent.contains(token)) {
            reuses++;
        }
        if (old == null
                || !old.clientId().equals(client.identifier())
                || old.refreshExpiresAt() != null && !clock.instant().isBefore(old.refreshExpiresAt())) {
            throw new Refused(400, "invalid_grant");
        }
        // Both die at once, before the answer is on its way: that is what makes a lost answer a lost grant.
        byRefresh.remove(token);
        byAccess.remove(old.accessToken());
        spent.add(token);
        return issue(client, old.scope(), form, lifetime, true);
    }

    TokenPair issue(
            OAuthClient client,
            String scope,
            Map<String, String> form,
            @Nullable Duration lifetime,
            boolean refreshable) {
        Duration asked = seconds(form, "expires_in", 300, 172_800, lifetime != null);
        Duration refreshAsked = seconds(form, "refresh_token_expires_in", 604_800, 7_776_000, lifetime != null);
        boolean expiring = !client.legacy() || asked != null;
        Duration life = lifetime != null ? lifetime : asked != null ? asked : Duration.ofMinutes(30);
        boolean withRefresh = refreshable && expiring;
        TokenPair pair = new TokenPair(
                client.identifier(),
                IssuedSecrets.issue("zat_"),
                withRefresh ? IssuedSecrets.issue("zrt_") : null,
                scope,
                expiring ? clock.instant().plus(life) : null,
                withRefresh ? clock.instant().plus(refreshAsked == null ? Duration.ofDays(30) : refreshAsked) : null);
        byAccess.put(pair.accessToken(), pair);
        if (pair.refreshToken() != null) {
            byRefresh.put(pair.refreshToken(), pair);
        }
        return pair;
    }

    /** The scope that is granted: beyond the ceiling is refused, an unknown name is dropped without a word. */
    static String scope(OAuthClient client, @Nullable String asked) {
        if (asked == null || asked.isBlank()) {
            return client.allowedScopes().isEmpty() ? "read write" : String.join(" ", client.allowedScopes());
        }
        List<String> names = List.of(asked.trim().split("\\s+"));
        if (!client.allowedScopes().isEmpty() && !client.allowedScopes().containsAll(names)) {
            throw new Refused(400, "invalid_scope");
        }
        return String.join(" ", names.stream().filter(Grants::isKnown).toList());
    }

    private static boolean isKnown(String scope) {
        int colon = scope.indexOf(':');
        return Set.of("read", "write", "impersonate").contains(scope)
                || colon > 0
                        && RESOURCES.contains(scope.substring(0, colon))
                        && Set.of("read", "write").contains(scope.substring(colon + 1));
    }

    private static boolean proves(@Nullable String challenge, @Nullable String verifier) {
        return challenge == null || verifier != null && Objects.equals(challenge, s256(verifier));
    }

    static String s256(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Duration seconds(
            Map<String, String> form, String name, long least, long most, boolean anyValue) {
        String value = form.get(name);
        if (value == null || value.isBlank()) {
            return null;
        }
        long seconds = Long.parseLong(value);
        if (!anyValue && (seconds < least || seconds > most)) {
            throw new Refused(422, "invalid_request");
        }
        return Duration.ofSeconds(seconds);
    }
}

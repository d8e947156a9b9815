package io.github.camelzendesk.auth.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenResponseParser;
import io.github.camelzendesk.auth.settings.Secret;

/**
 * The model of Zendesk: a refresh ends the pair before it, and a login begins another grant. It remembers each grant's
 * whole lineage.
 */
final class SimulatedZendesk {
    static final String PERSON = "a person";
    private static final Duration CODE_LIFE = Duration.ofSeconds(120);

    private final Simulation simulation;
    final Duration lifetime;
    private final Map<String, Grant> byRefreshToken = new HashMap<>();
    private final Map<String, AccessToken> accessTokens = new HashMap<>();
    private final Map<String, Long> codes = new LinkedHashMap<>(); // when they were issued
    private final List<Grant> grants = new ArrayList<>();
    private int numbers;

    SimulatedZendesk(Simulation simulation, Duration lifetime) {
        this.simulation = simulation;
        this.lifetime = lifetime;
    }

    /** Why a grant may be lost though all did as they should. */
    enum Excuse {
        /** Zendesk has rotated, and no living process got the answer, or it died before it had stored it. */
        ANSWER_LOST,
        ENDED_BY_ADMIN,
        REVOKED
    }

    /** One login and its rotations, or what a client obtains for itself. */
    static final class Grant {
        final int number;
        final String whose;
        private final Set<Excuse> excuses = EnumSet.noneOf(Excuse.class);
        long begun = -1;
        boolean isOver;
        String refreshToken;
        AccessToken accessToken;
        /** The refresh token whose answer no process has got; null when one has. */
        String undelivered;
        /** How old the access token was that the last one replaced. */
        long lastLife = Long.MAX_VALUE;

        private final List<String> refreshTokens = new ArrayList<>();

        Grant(int number, String whose) {
            this.number = number;
            this.whose = whose;
        }

        /** Why it may be lost by now. */
        Set<Excuse> excuses() {
            if (refreshToken.equals(undelivered)) {
                excuses.add(Excuse.ANSWER_LOST);
            }
            return excuses;
        }

        boolean hasReplaced(String token, String by) {
            return refreshTokens.indexOf(token) < refreshTokens.indexOf(by);
        }

        boolean isLiving(String token) {
            return !isOver && token.equals(refreshToken);
        }
    }

    /** An access token, and until when it is good. */
    static final class AccessToken {
        final String value;
        final Grant grant;
        final long issued;
        final long end;
        boolean dead;

        AccessToken(String value, Grant grant, long issued, long end) {
            this.value = value;
            this.grant = grant;
            this.issued = issued;
            this.end = end;
        }
    }

    Grant grantOf(String refreshToken) {
        return byRefreshToken.get(refreshToken);
    }

    AccessToken accessToken(String value) {
        return accessTokens.get(value);
    }

    boolean isGood(AccessToken token) {
        return token != null && !token.dead && !token.grant.isOver && simulation.now() < token.end;
    }

    boolean isLiving(Secret refreshToken) {
        Grant grant = refreshToken == null ? null : grantOf(refreshToken.reveal());
        return grant != null && grant.isLiving(refreshToken.reveal());
    }

    List<Grant> grantsOfPersons() {
        return grants.stream().filter(grant -> grant.whose.equals(PERSON)).toList();
    }

    /** A grant that a person, or an earlier deployment, has obtained before. */
    Grant grant(String whose) {
        Grant grant = begin(whose);
        issue(grant, true);
        grant.begun = -1;
        grant.undelivered = null;
        return grant;
    }

    /** One that ended long ago. */
    Grant endedGrant(String whose) {
        Grant grant = grant(whose);
        grant.isOver = true;
        grants.remove(grant);
        return grant;
    }

    AuthorizationCode code() {
        String code = "code" + ++numbers;
        codes.put(code, simulation.now());
        return new AuthorizationCode(Secret.of(code), Secret.of("verifier"));
    }

    boolean isExpired(AuthorizationCode code) {
        Long issued = codes.get(code.code().reveal());
        return issued != null && simulation.now() - issued > CODE_LIFE.toNanos();
    }

    /** The process that had its last answer has died with it. */
    static void forget(Grant grant) {
        grant.excuses.add(Excuse.ANSWER_LOST);
    }

    /** Ends a grant as an administrator does, or a revocation. */
    void end(Grant grant, Excuse why) {
        if (!grant.isOver) {
            grant.isOver = true;
            grant.excuses.add(why);
        }
    }

    private AccessToken issue(Grant grant, boolean rotates) {
        if (grant.accessToken != null) {
            grant.lastLife = simulation.now() - grant.accessToken.issued;
            grant.accessToken.dead = true;
        }
        int number = ++numbers;
        if (rotates) {
            remember(grant, "r" + grant.number + "-" + number);
        }
        grant.undelivered = grant.refreshToken;
        long now = simulation.now();
        AccessToken issued = new AccessToken("a" + grant.number + "-" + number, grant, now, now + lifetime.toNanos());
        accessTokens.put(issued.value, issued);
        grant.accessToken = issued;
        return issued;
    }

    private void remember(Grant grant, String refreshToken) {
        grant.refreshToken = refreshToken;
        grant.refreshTokens.add(refreshToken);
        byRefreshToken.put(refreshToken, grant);
    }

    /** Carries a request out. */
    TokenRequestOutcome answer(TokenRequest request, NetworkFault fault) {
        if (fault == NetworkFault.INVALID_CLIENT) {
            return new TokenRequestOutcome.Rejected("invalid_client", null);
        }
        if (fault == NetworkFault.THROTTLED) {
            return new TokenRequestOutcome.Unavailable("status 429", Duration.ofSeconds(simulation.random.nextInt(90)));
        }
        if (fault == NetworkFault.ERROR_BEFORE) {
            return new TokenRequestOutcome.Ambiguous("status 502", false, null);
        }
        Grant grant = grantFor(request);
        if (grant == null) {
            return new TokenRequestOutcome.Rejected("invalid_grant", null);
        }
        boolean isRefresh = request instanceof TokenRequest.Refresh;
        boolean rotates = !(request instanceof TokenRequest.ClientCredentials)
                && !(isRefresh && fault == NetworkFault.NO_REFRESH_TOKEN);
        AccessToken issued = issue(grant, rotates);
        return fault == NetworkFault.ERROR_AFTER
                ? new TokenRequestOutcome.Ambiguous("status 502", false, null)
                : TokenResponseParser.success(body(grant, issued, rotates, fault));
    }

    private byte[] body(Grant grant, AccessToken issued, boolean rotates, NetworkFault fault) {
        if (fault == NetworkFault.GARBAGE) {
            return "<html>welcome</html>".getBytes(StandardCharsets.UTF_8);
        }
        if (fault == NetworkFault.ODD_REFRESH_TOKEN && rotates) {
            remember(grant, grant.refreshToken + " odd");
            grant.undelivered = grant.refreshToken;
        }
        StringBuilder json = new StringBuilder("{\"access_token\":\"" + issued.value + "\",\"token_type\":\"bearer\"");
        if (fault != NetworkFault.NO_EXPIRY) {
            json.append(",\"expires_in\":").append(lifetime.toSeconds());
        }
        if (rotates) {
            json.append(",\"refresh_token_expires_in\":2592000,\"refresh_token\":\"")
                    .append(grant.refreshToken)
                    .append('"');
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Null when what is to be spent is not good, or no longer. */
    private Grant grantFor(TokenRequest request) {
        if (request instanceof TokenRequest.Refresh refresh) {
            Grant grant = grantOf(refresh.refreshToken().reveal());
            if (grant == null || !grant.isLiving(refresh.refreshToken().reveal())) {
                return null;
            }
            grant.begun = grant.begun < 0 ? simulation.now() : grant.begun;
            return grant;
        }
        if (request instanceof TokenRequest.Code code) {
            boolean good = codes.containsKey(code.code().code().reveal()) && !isExpired(code.code());
            codes.remove(code.code().code().reveal());
            return good ? begin(PERSON) : null;
        }
        return begin("the client with scope " + ((TokenRequest.ClientCredentials) request).scope());
    }

    private Grant begin(String whose) {
        Grant grant = new Grant(++numbers, whose);
        grant.begun = simulation.now();
        grants.add(grant);
        return grant;
    }
}

package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;

/** The token endpoint, and what was scripted to go wrong there. For use under the protocol's lock. */
record FakeTokenEndpoint(Account account) {
    ResponseDefinition answer(Call call) {
        Map<String, String> parameters = call.parameters();
        account.tokenRequests.add(new TokenRequestSeen(account.clock.instant(), call.contentType(), parameters));
        TokenFault fault = account.nextTokenFault();
        return fault == null ? granted(call, parameters).definition() : faulty(fault, call, parameters);
    }

    private ResponseDefinition faulty(TokenFault fault, Call call, Map<String, String> parameters) {
        Answer done = fault.commits() ? granted(call, parameters) : Answer.empty(200);
        return switch (fault.kind()) {
            case RESET -> Answer.reset();
            case DELAY -> done.late(fault.delay());
            case HOLD -> done.held(Objects.requireNonNull(fault.release()));
            case DRIP -> done.dripping(fault.delay());
            case TRUNCATE -> done.truncated();
            case ANSWER -> scripted(fault).definition();
            case EDIT -> edited(done, fault).definition();
        };
    }

    private static Answer scripted(TokenFault fault) {
        Answer answer = new Answer(fault.status(), Map.of("Content-Type", contentType(fault.body())), fault.body());
        String header = fault.header();
        if (header == null) {
            return answer;
        }
        int colon = header.indexOf(": ");
        return answer.with(header.substring(0, colon), header.substring(colon + 2));
    }

    private static String contentType(String body) {
        if (body.startsWith("{")) {
            return "application/json";
        }
        return body.startsWith("<") ? "text/html" : "text/plain";
    }

    private static Answer edited(Answer answer, TokenFault fault) {
        Map<String, @Nullable Object> members = Json.map(answer.body());
        members.keySet().removeAll(fault.missing());
        members.putAll(fault.overrides());
        return Answer.json(answer.status(), members);
    }

    private Answer granted(Call call, Map<String, String> parameters) {
        if (!call.method().equals("POST")) {
            return Answer.json(404, Map.of("error", "InvalidEndpoint", "description", "Not found"));
        }
        try {
            return granted(parameters);
        } catch (TokenError refused) {
            return Answer.json(
                    refused.status(),
                    Map.of("error", refused.error(), "error_description", String.valueOf(refused.getMessage())));
        }
    }

    private Answer granted(Map<String, String> form) {
        RegisteredClient client = authenticated(form);
        checkGrant(client, form.getOrDefault("grant_type", ""));
        // Before anything is spent: a request that cannot be served must not cost the grant.
        Terms terms = account.terms(client, form);
        IssuedTokens pair =
                switch (form.getOrDefault("grant_type", "")) {
                    case "authorization_code" -> account.grants.redeem(client, form, terms);
                    case "refresh_token" -> account.grants.rotate(client, form, terms);
                    default -> account.grants.issue(client, Scopes.granted(client, form.get("scope")), terms, false);
                };
        return tokens(pair, terms.told());
    }

    private static void checkGrant(RegisteredClient client, String grant) {
        if (!TokenTerms.today().grants().contains(grant)) {
            throw TokenError.grantType();
        }
        if (!client.terms().grants().contains(grant) || client.isPublic() && grant.equals("client_credentials")) {
            throw TokenError.clientKind();
        }
    }

    /** A client is known by its identifier, never by its numeric id, and by parameters, never by a Basic header. */
    private RegisteredClient authenticated(Map<String, String> form) {
        RegisteredClient client = account.clients.get(form.getOrDefault("client_id", ""));
        if (client == null) {
            throw TokenError.client();
        }
        String secret = form.get("client_secret");
        boolean byVerifier = form.containsKey("code_verifier") && "authorization_code".equals(form.get("grant_type"));
        boolean proven = secret == null ? client.isPublic() || byVerifier : secret.equals(client.secret());
        if (!proven) {
            throw TokenError.client();
        }
        return client;
    }

    private Answer tokens(IssuedTokens pair, boolean tellsExpiry) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("access_token", pair.accessToken());
        body.put("token_type", "bearer");
        body.put("scope", pair.scope());
        if (pair.expiresAt() != null && tellsExpiry) {
            body.put("expires_in", seconds(pair.expiresAt()));
        }
        if (pair.refreshToken() != null && pair.refreshExpiresAt() != null) {
            body.put("refresh_token", pair.refreshToken());
            body.put("refresh_token_expires_in", seconds(pair.refreshExpiresAt()));
        }
        return Answer.json(account.successStatus, body);
    }

    /** To the nearest second: the clock has gone on since the token was made. */
    private long seconds(Instant end) {
        return Duration.between(account.clock.instant(), end).plusMillis(500).toSeconds();
    }
}

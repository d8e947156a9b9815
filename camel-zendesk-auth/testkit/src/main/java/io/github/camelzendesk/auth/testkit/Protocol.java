package io.github.camelzendesk.auth.testkit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;

/** How Zendesk answers, from the consent page to the API. Safe for use by several threads: one lock guards all. */
final class Protocol {
    private static final int MARK = 1_000_000;

    final ReentrantLock lock = new ReentrantLock();
    final InstantSource clock;
    final Map<String, OAuthClient> clients = new LinkedHashMap<>(); // guarded by lock
    final Deque<TokenFault> faults = new ArrayDeque<>(); // guarded by lock
    final List<TokenRequestSeen> tokenRequests = new ArrayList<>(); // guarded by lock
    final List<ApiRequestSeen> apiRequests = new ArrayList<>(); // guarded by lock
    final Api api;
    Grants grants; // guarded by lock

    @Nullable
    TokenFault standing; // guarded by lock

    @Nullable
    Duration lifetime; // guarded by lock

    boolean echoStateOnDeny; // guarded by lock
    int successStatus = 200; // guarded by lock

    Protocol(InstantSource clock) {
        this.clock = clock;
        this.grants = new Grants(clock);
        this.api = new Api(this);
    }

    ResponseDefinition answer(Call call) {
        lock.lock();
        try {
            return switch (call.path()) {
                case "/oauth/tokens" -> token(call);
                case "/oauth/authorizations/new" -> consent(call).definition();
                default -> api.answer(call).definition();
            };
        } finally {
            lock.unlock();
        }
    }

    private ResponseDefinition token(Call call) {
        String type = call.headers().getOrDefault("Content-Type", "");
        Map<String, String> form = type.contains("json") ? Api.flat(call.body()) : call.form();
        tokenRequests.add(new TokenRequestSeen(clock.instant(), type, form));
        TokenFault fault = faults.isEmpty() ? standing : faults.poll();
        if (fault == null) {
            return granted(form).definition();
        }
        Answer done = fault.commits() ? granted(form) : Answer.empty(200);
        return switch (fault.kind()) {
            case RESET -> Answer.reset();
            case DELAY -> done.late(fault.delay());
            case DRIP -> done.dripping(fault.delay());
            case ANSWER -> scripted(fault).definition();
            case EDIT -> edited(done, fault).definition();
        };
    }

    private static Answer scripted(TokenFault fault) {
        boolean json = fault.body().startsWith("{");
        Answer answer = new Answer(
                fault.status(), Map.of("Content-Type", json ? "application/json" : "text/html"), fault.body());
        String header = fault.header();
        if (header == null) {
            return answer;
        }
        int colon = header.indexOf(": ");
        return answer.with(header.substring(0, colon), header.substring(colon + 2));
    }

    private static Answer edited(Answer answer, TokenFault fault) {
        Map<String, Object> members = Api.map(answer.body());
        members.keySet().removeAll(fault.missing());
        members.putAll(fault.overrides());
        return Answer.json(answer.status(), members);
    }

    private Answer granted(Map<String, String> form) {
        try {
            OAuthClient client = authenticated(form);
            TokenPair pair =
                    switch (form.getOrDefault("grant_type", "")) {
                        case "authorization_code" -> grants.redeem(client, form, lifetime);
                        case "refresh_token" -> grants.rotate(client, form, lifetime);
                        case "client_credentials" -> clientCredentials(client, form);
                        default -> throw new Grants.Refused(400, "unsupported_grant_type");
                    };
            return tokens(pair);
        } catch (Grants.Refused refused) {
            return Answer.json(
                    refused.status(),
                    Map.of(
                            "error",
                            String.valueOf(refused.getMessage()),
                            "error_description",
                            "The provided authorization grant is invalid, expired or revoked."));
        }
    }

    private TokenPair clientCredentials(OAuthClient client, Map<String, String> form) {
        if (client.isPublic()) {
            throw new Grants.Refused(400, "unauthorized_client");
        }
        return grants.issue(client, Grants.scope(client, form.get("scope")), form, lifetime, false);
    }

    private OAuthClient authenticated(Map<String, String> form) {
        OAuthClient client = clients.get(form.getOrDefault("client_id", ""));
        String secret = form.get("client_secret");
        if (client == null || secret != null && !secret.equals(client.secret())) {
            throw new Grants.Refused(401, "invalid_client");
        }
        boolean byVerifier = form.containsKey("code_verifier");
        if (secret == null && !client.isPublic() && !byVerifier) {
            throw new Grants.Refused(401, "invalid_client");
        }
        return client;
    }

    private Answer tokens(TokenPair pair) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("access_token", pair.accessToken());
        body.put("token_type", "bearer");
        body.put("scope", pair.scope());
        if (pair.expiresAt() != null) {
            body.put("expires_in", seconds(pair.expiresAt()));
        }
        if (pair.refreshToken() != null && pair.refreshExpiresAt() != null) {
            body.put("refresh_token", pair.refreshToken());
            body.put("refresh_token_expires_in", seconds(pair.refreshExpiresAt()));
        }
        return Answer.json(successStatus, body);
    }

    private Answer consent(Call call) {
        Map<String, String> ask = call.method().equals("POST") ? call.form() : call.query();
        OAuthClient client = clients.get(ask.getOrDefault("client_id", ""));
        String redirect = ask.getOrDefault("redirect_uri", "");
        String challenge = ask.get("code_challenge");
        boolean proof = challenge != null && "S256".equals(ask.get("code_challenge_method"));
        if (client == null
                || !client.redirectUris().contains(redirect)
                || !"code".equals(ask.get("response_type"))
                || client.isPublic() && !proof) {
            return Answer.html(400, ConsentPage.invalidRequest());
        }
        if (ask.getOrDefault("scope", "").isBlank()) {
            return Answer.html(403, ConsentPage.invalidRequest());
        }
        return call.method().equals("POST")
                ? decided(ask, client, redirect, challenge)
                : Answer.html(200, ConsentPage.of(client.identifier(), ask));
    }

    private Answer decided(Map<String, String> ask, OAuthClient client, String redirect, @Nullable String challenge) {
        String state = ask.get("state");
        if (!"allow".equals(ask.get("decision"))) {
            String back = redirect + "?error=access_denied&error_description="
                    + encoded("The end-user or authorization server denied the request.");
            return Answer.redirect(echoStateOnDeny && state != null ? back + "&state=" + encoded(state) : back);
        }
        String code = grants.code(client, redirect, Grants.scope(client, ask.get("scope")), challenge);
        return Answer.redirect(redirect + "?code=" + encoded(code) + (state == null ? "" : "&state=" + encoded(state)));
    }

    /** To the nearest second: the clock has gone on since the token was made. */
    private long seconds(Instant end) {
        return Duration.between(clock.instant(), end).plusMillis(500).toSeconds();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static long number(String text) {
        return MARK + Math.abs(text.hashCode() % MARK);
    }
}

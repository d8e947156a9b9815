package io.github.camelzendesk.auth.testkit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;

/** The API calls that tell who is calling, and what was scripted to go wrong. For use under the protocol's lock. */
record Api(Account account) {
    private static final long FIRST_ID = 1_000_000;
    private static final int SHOWN = 10;

    ResponseDefinition answer(Call call) {
        ApiFault fault = call.path().startsWith("/api/v2/") ? account.apiFaults.poll() : null;
        Answer answer = fault == null || fault.kind() == ApiFault.Kind.DELAY ? route(call) : fault.answer();
        account.apiRequests.add(new ApiRequestSeen(
                account.clock.instant(), call.method(), call.path(), answer.status(), call.headers()));
        if (fault == null) {
            return answer.definition();
        }
        return switch (fault.kind()) {
            case RESET -> Answer.reset();
            case DELAY -> answer.late(fault.delay());
            case ANSWER -> answer.definition();
        };
    }

    private Answer route(Call call) {
        Caller caller = Caller.of(call.header("authorization"), account);
        String path = call.path().replaceFirst("\\.json$", "");
        if (caller.refusal() != null) {
            return caller.refusal();
        }
        if (path.equals("/api/v2/users/me")) {
            return me(caller);
        }
        return caller.email() == null ? Caller.unauthenticated() : guarded(path, call, caller);
    }

    private Answer guarded(String path, Call call, Caller caller) {
        String onBehalfOf = call.header("x-on-behalf-of");
        if (onBehalfOf != null && !account.users.knows(onBehalfOf)) {
            return Caller.invalidToken();
        }
        return switch (path) {
            case "/api/v2/oauth/tokens/current" -> current(call, caller);
            case "/api/v2/account/settings" -> settings(caller);
            default ->
                TicketApi.owns(path)
                        ? tickets(path, call, caller)
                        : Answer.json(404, Map.of("error", "InvalidEndpoint", "description", "Not found"));
        };
    }

    /** 200 to everybody: who is unknown is "Anonymous user" without an id. */
    private static Answer me(Caller caller) {
        String email = caller.email();
        if (!caller.may("read", "users")) {
            return missing("read");
        }
        Map<String, @Nullable Object> user = new LinkedHashMap<>();
        user.put("id", email == null ? null : numericId(email));
        user.put("name", email == null ? "Anonymous user" : "Agent");
        user.put("role", email == null ? "end-user" : "agent");
        user.put("email", email);
        return Answer.json(200, Map.of("user", user));
    }

    private Answer current(Call call, Caller caller) {
        IssuedTokens pair = caller.pair();
        if (pair == null) {
            return Answer.json(404, Map.of("error", "RecordNotFound", "description", "Not found"));
        }
        if (call.method().equals("DELETE")) {
            account.grants.revoke(pair.accessToken());
            return Answer.empty(204);
        }
        return Answer.json(200, Map.of("token", described(pair)));
    }

    private Map<String, @Nullable Object> described(IssuedTokens pair) {
        Map<String, @Nullable Object> token = new LinkedHashMap<>();
        token.put("id", numericId(pair.accessToken()));
        token.put("client_id", numericId(pair.clientId()));
        token.put("user_id", numericId(Caller.AGENT));
        token.put("scopes", List.of(pair.scope().split(" ")));
        token.put("created_at", time(pair.issuedAt()));
        token.put("used_at", time(account.clock.instant()));
        token.put("expires_at", time(pair.expiresAt()));
        token.put("refresh_token", shown(pair.refreshToken()));
        token.put("refresh_token_expires_at", time(pair.refreshExpiresAt()));
        token.put("token", shown(pair.accessToken()));
        return token;
    }

    private static @Nullable String shown(@Nullable String token) {
        return token == null ? null : token.substring(0, SHOWN);
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Answer settings(Caller caller) {
        return caller.may("read", "account") ? Answer.json(200, Map.of("settings", Map.of())) : missing("read");
    }

    private Answer tickets(String path, Call call, Caller caller) {
        String needed = call.method().equals("GET") ? "read" : "write";
        return caller.may(needed, "tickets") ? new TicketApi(account).answer(path, call) : missing(needed);
    }

    private static Answer missing(String scope) {
        return Answer.json(403, Json.map(ApiFault.missingScope(scope)));
    }

    /** The numeric id of a client, a user or a token, by what it is known as. */
    static long numericId(String name) {
        return FIRST_ID + Math.abs(name.hashCode() % FIRST_ID);
    }
}

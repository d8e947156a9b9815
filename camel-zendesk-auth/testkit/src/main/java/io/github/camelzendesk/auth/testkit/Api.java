package io.github.camelzendesk.auth.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The API calls that tell who is calling. For use under the protocol's lock. */
final class Api {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<String, Object> INVALID_TOKEN = Map.of(
            "error",
            "invalid_token",
            "error_description",
            "The access token provided is expired, revoked, malformed or invalid for other reasons.");

    private final Protocol protocol;
    final Map<String, String> passwords = new HashMap<>();
    final Map<String, String> apiTokens = new HashMap<>();

    Api(Protocol protocol) {
        this.protocol = protocol;
    }

    /** Who calls: an e-mail, or the pair of a bearer; both null for nobody. */
    private record Caller(@Nullable String email, @Nullable TokenPair pair, @Nullable Answer refusal) {
        boolean isKnown() {
            return email != null || pair != null;
        }
    }

    Answer answer(Call call) {
        Answer answer = route(call);
        protocol.apiRequests.add(new ApiRequestSeen(call.method(), call.path(), answer.status(), call.headers()));
        return answer;
    }

    private Answer route(Call call) {
        Caller caller = caller(call.header("authorization"));
        if (caller.refusal() != null) {
            return caller.refusal();
        }
        if (call.path().equals("/api/v2/users/me.json")) {
            return me(caller);
        }
        if (!caller.isKnown()) {
            return Answer.json(401, Map.of("error", "Couldn't authenticate you"));
        }
        String onBehalfOf = call.header("x-on-behalf-of");
        if (onBehalfOf != null && !passwords.containsKey(onBehalfOf)) {
            return Answer.json(401, INVALID_TOKEN);
        }
        return switch (call.path()) {
            case "/api/v2/oauth/tokens/current.json" -> current(call, caller);
            case "/api/v2/tickets.json" -> tickets(call, caller);
            case "/api/v2/account/settings.json" -> Answer.json(200, Map.of("settings", Map.of()));
            default -> Answer.json(404, Map.of("error", "InvalidEndpoint", "description", "Not found"));
        };
    }

    private Caller caller(@Nullable String authorization) {
        if (authorization == null) {
            return new Caller(null, null, null);
        }
        if (authorization.startsWith("Bearer ")) {
            TokenPair pair = protocol.grants.live(authorization.substring("Bearer ".length()));
            return pair == null
                    ? new Caller(null, null, Answer.json(401, INVALID_TOKEN).with("WWW-Authenticate", "Bearer"))
                    : new Caller(null, pair, null);
        }
        return basic(authorization.substring(authorization.indexOf(' ') + 1));
    }

    private Caller basic(String encoded) {
        String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        String user = pair.substring(0, colon);
        String password = pair.substring(colon + 1);
        if (user.endsWith("/token")) {
            String email = user.substring(0, user.length() - "/token".length());
            return password.equals(apiTokens.get(email))
                    ? new Caller(email, null, null)
                    : new Caller(null, null, Answer.json(401, Map.of("error", "Couldn't authenticate you")));
        }
        return new Caller(password.equals(passwords.get(user)) ? user : null, null, null);
    }

    /** 200 to everybody: who is unknown is "Anonymous user" without an id. */
    private static Answer me(Caller caller) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("id", caller.isKnown() ? Protocol.number(String.valueOf(caller.email())) : null);
        user.put("name", caller.isKnown() ? "Agent" : "Anonymous user");
        user.put("role", caller.isKnown() ? "agent" : "end-user");
        user.put("email", caller.email() == null ? "agent@example.com" : caller.email());
        return Answer.json(200, Map.of("user", user));
    }

    private Answer current(Call call, Caller caller) {
        TokenPair pair = caller.pair();
        if (pair == null) {
            return Answer.json(404, Map.of("error", "RecordNotFound"));
        }
        if (call.method().equals("DELETE")) {
            protocol.grants.revoke(pair.accessToken());
            return Answer.empty(204);
        }
        Map<String, Object> token = new LinkedHashMap<>();
        token.put("id", Protocol.number(pair.accessToken()));
        token.put("scopes", List.of(pair.scope().split(" ")));
        token.put(
                "expires_at", pair.expiresAt() == null ? null : pair.expiresAt().toString());
        token.put("token", pair.accessToken().substring(0, 10));
        return Answer.json(200, Map.of("token", token));
    }

    private static Answer tickets(Call call, Caller caller) {
        boolean write = !call.method().equals("GET");
        String needed = write ? "write" : "read";
        TokenPair pair = caller.pair();
        Set<String> scopes = pair == null ? Set.of(needed) : Set.of(pair.scope().split(" "));
        if (!scopes.contains(needed) && !scopes.contains("tickets:" + needed)) {
            return Answer.json(
                    403,
                    Map.of(
                            "error",
                            "Forbidden",
                            "description",
                            "You are missing the following required scopes: " + needed));
        }
        return write
                ? Answer.json(201, Map.of("ticket", Map.of("id", 3)))
                : Answer.json(
                        200,
                        Map.of(
                                "tickets",
                                List.of(
                                        Map.of("id", 1, "subject", "My printer is on fire", "status", "open"),
                                        Map.of("id", 2, "subject", "Where is my order?", "status", "new")),
                                "count",
                                2));
    }

    static Map<String, Object> map(String json) {
        try {
            return MAPPER.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (JsonProcessingException e) {
            return new LinkedHashMap<>();
        }
    }

    static Map<String, String> flat(String json) {
        Map<String, String> flat = new LinkedHashMap<>();
        map(json).forEach((name, value) -> flat.put(name, String.valueOf(value)));
        return flat;
    }
}

package io.github.camelzendesk.auth.testkit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.testkit.RegisteredClient.Authentication;
import io.github.camelzendesk.auth.testkit.Store.Entry;

/**
 * The API calls for OAuth tokens and clients ("OAuth Tokens" and "OAuth Clients" in Zendesk's reference). For use under the
 * protocol's lock. Everybody is an administrator here.
 */
record OAuthApi(Account account, Call call, Caller caller) {
    private static final int SHOWN = 10;
    private static final Pattern ONE = Pattern.compile("/([0-9]{1,18})");

    /** Answers a path below /api/v2/oauth/. */
    Answer answer(String path) {
        if (!path.equals("tokens/current")) {
            caller.mustBeAllowed(call.method().equals("GET") ? "read" : "write", "oauth");
        }
        Matcher one = ONE.matcher(path);
        long id = one.find() ? Long.parseLong(one.group(1)) : 0;
        String what = call.method() + " " + one.replaceFirst("/1");
        return path.startsWith("tokens") ? ofTokens(what, id) : ofClients(what, id);
    }

    private Answer ofTokens(String what, long id) {
        return switch (what) {
            case "GET tokens" -> tokens();
            case "POST tokens" -> created();
            case "GET tokens/current" -> one("token", described(current()));
            case "GET tokens/1" -> one("token", described(token(id)));
            case "DELETE tokens/current" -> revoked(current());
            case "DELETE tokens/1" -> revoked(token(id));
            default -> throw ApiRefusal.unknownPath();
        };
    }

    private Answer ofClients(String what, long id) {
        return switch (what) {
            case "GET clients" -> clients();
            case "POST clients" -> registered();
            case "GET clients/1" -> one("client", shown(client(id), false));
            case "PUT clients/1" -> one("client", shown(changed(id), false));
            case "PUT clients/1/generate_secret" -> one("client", shown(withNewSecret(id), true));
            case "DELETE clients/1" -> deleted(client(id));
            default -> throw ApiRefusal.unknownPath();
        };
    }

    private static Answer one(String name, Map<String, @Nullable Object> members) {
        return Answer.json(200, Map.of(name, members));
    }

    private IssuedTokens current() {
        IssuedTokens pair = caller.pair();
        if (pair == null) {
            throw ApiRefusal.noRecord();
        }
        return pair;
    }

    private IssuedTokens token(long id) {
        return account.grants.all().stream()
                .filter(pair -> account.tokenId(pair) == id)
                .findFirst()
                .orElseThrow(ApiRefusal::noRecord);
    }

    /** A pair is one record: both tokens die. */
    private Answer revoked(IssuedTokens pair) {
        account.grants.revoke(pair.accessToken());
        return Answer.empty(204);
    }

    private Answer tokens() {
        String client = call.query().get("client_id");
        NavigableMap<Long, Map<String, @Nullable Object>> tokens = new TreeMap<>();
        account.grants.all().stream()
                .filter(pair -> client == null || client.equals(String.valueOf(account.clientId(pair.clientId()))))
                .forEach(pair -> tokens.put(account.tokenId(pair), described(pair)));
        return new Page(tokens, call).answer("tokens");
    }

    /** It never expires, has no refresh token, and is shown in full this once. */
    private Answer created() {
        Map<String, @Nullable Object> sent = call.sent("token");
        long id = Long.parseLong(String.valueOf(sent.getOrDefault("client_id", 0)));
        List<?> scopes = sent.get("scopes") instanceof List<?> names ? names : List.of("read", "write");
        String scope = String.join(" ", scopes.stream().map(String::valueOf).toList());
        IssuedTokens token =
                account.grants.issue(registered(client(id)), scope, Terms.forever(account.jwtAccessTokens), false);
        Map<String, @Nullable Object> shown = described(token);
        shown.put("full_token", token.accessToken());
        return Answer.json(201, Map.of("token", shown));
    }

    private Map<String, @Nullable Object> described(IssuedTokens pair) {
        long id = account.tokenId(pair);
        return Json.members(
                "url", call.origin() + "/api/v2/oauth/tokens/" + id + ".json",
                "id", id,
                "client_id", account.clientId(pair.clientId()),
                "user_id", account.users.id(Caller.AGENT),
                "scopes", List.of(pair.scope().split(" ")),
                "created_at", time(pair.issuedAt()),
                "used_at", time(account.clock.instant()),
                "expires_at", time(pair.expiresAt()),
                "refresh_token", shown(pair.refreshToken()),
                "refresh_token_expires_at", time(pair.refreshExpiresAt()),
                "token", shown(pair.accessToken()));
    }

    private static @Nullable String shown(@Nullable String token) {
        return token == null ? null : token.substring(0, SHOWN);
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** All, who are those of the caller, too: everything was registered by one person. */
    private Answer clients() {
        NavigableMap<Long, Map<String, @Nullable Object>> clients = new TreeMap<>();
        account.store(Resource.CLIENTS).all().forEach((id, members) -> clients.put(id, shown(client(id), false)));
        return new Page(clients, call).answer("clients");
    }

    private Entry client(long id) {
        Entry client = account.store(Resource.CLIENTS).get(id);
        if (client == null) {
            throw ApiRefusal.noRecord();
        }
        return client;
    }

    private RegisteredClient registered(Entry client) {
        return account.client(String.valueOf(client.members().get("identifier")));
    }

    /** The secret is shown in full once. */
    private Map<String, @Nullable Object> shown(Entry entry, boolean full) {
        RegisteredClient client = registered(entry);
        Map<String, @Nullable Object> shown = Resource.CLIENTS.shown(entry.members(), call);
        shown.put("kind", client.isPublic() ? "public" : "confidential");
        shown.put("global", !client.terms().tellsExpiry());
        shown.put("redirect_uri", List.copyOf(client.redirectUris()));
        shown.put("secret", full ? client.secret() : shown(client.secret()));
        shown.put("user_id", account.users.id(Caller.AGENT));
        return shown;
    }

    private Answer registered() {
        Map<String, @Nullable Object> sent = call.sent("client");
        String identifier = String.valueOf(sent.get("identifier"));
        if (sent.get("identifier") == null || account.clients.containsKey(identifier)) {
            throw ApiRefusal.refused(422, "RecordInvalid", "Record validation errors");
        }
        Entry entry = account.register(revised(RegisteredClient.confidential(identifier), sent), sent);
        return Answer.json(201, Map.of("client", shown(entry, true)));
    }

    private Entry changed(long id) {
        Map<String, @Nullable Object> sent = call.sent("client");
        return account.register(revised(registered(client(id)), sent), sent);
    }

    private static RegisteredClient revised(RegisteredClient client, Map<String, @Nullable Object> sent) {
        try {
            RegisteredClient revised = sent.get("kind") == null
                    ? client
                    : client.provenBy(
                            "public".equals(sent.get("kind")) ? Authentication.PUBLIC : Authentication.CONFIDENTIAL);
            Set<String> redirects = redirects(sent.get("redirect_uri"));
            return redirects.isEmpty() ? revised : revised.calledBackAt(redirects);
        } catch (IllegalArgumentException e) {
            throw ApiRefusal.refused(422, "RecordInvalid", "Record validation errors");
        }
    }

    private static Set<String> redirects(@Nullable Object sent) {
        if (sent instanceof List<?> several) {
            return Set.copyOf(several.stream().map(String::valueOf).toList());
        }
        return sent == null ? Set.of() : Set.of(sent.toString().split("\\s+"));
    }

    private Entry withNewSecret(long id) {
        return account.register(registered(client(id)).withSecret(IssuedSecrets.issue("zcs_")), Map.of());
    }

    /** Its tokens die with it. */
    private Answer deleted(Entry entry) {
        RegisteredClient client = registered(entry);
        account.store(Resource.CLIENTS).delete(entry.id());
        account.clients.remove(client.identifier());
        account.grants.revokeAll(client);
        return Answer.empty(204);
    }
}

package io.github.camelzendesk.auth.settings.internal.json;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelzendesk.auth.settings.Backoff;
import io.github.camelzendesk.auth.settings.EndedGrant;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.PendingExchange;
import io.github.camelzendesk.auth.settings.SettingsOwner;
import io.github.camelzendesk.auth.settings.TokenPair;
import io.github.camelzendesk.auth.settings.internal.TokenGrammar;

import static io.github.camelzendesk.auth.settings.internal.json.JsonMembers.duration;
import static io.github.camelzendesk.auth.settings.internal.json.JsonMembers.generation;
import static io.github.camelzendesk.auth.settings.internal.json.JsonMembers.instant;
import static io.github.camelzendesk.auth.settings.internal.json.JsonMembers.needInstant;
import static io.github.camelzendesk.auth.settings.internal.json.JsonMembers.putInstant;
import static io.github.camelzendesk.auth.settings.internal.json.JsonMembers.putSecret;
import static io.github.camelzendesk.auth.settings.internal.json.JsonMembers.require;
import static io.github.camelzendesk.auth.settings.internal.json.JsonMembers.secret;
import static io.github.camelzendesk.auth.settings.internal.json.JsonMembers.text;

/**
 * The members of the settings document, as {@code docs/settings-file.adoc} describes them. Stateless.
 *
 * <p>Reading throws {@link IllegalArgumentException}, whose message names the member and never its value.
 */
public final class SettingsJson {
    public static final String FORMAT = "camel-zendesk-auth/1";
    public static final String FORMAT_MEMBER = "format";
    public static final String CHECKSUM_MEMBER = "checksum";

    private static final Set<String> KNOWN = Set.of(
            FORMAT_MEMBER,
            CHECKSUM_MEMBER,
            "url",
            "client_id",
            "grant",
            "requested_scope",
            "lineage",
            "generation",
            "access_token",
            "token_type",
            "refresh_token",
            "scope",
            "obtained_at",
            "expires_at",
            "refresh_token_expires_at",
            "pending",
            "authorization_required",
            "retry_at",
            "retry_after",
            "failures",
            "seen_refresh_tokens");

    private static final Set<String> TRACES_OF_A_PERSON =
            Set.of("refresh_token", "pending", "authorization_required", "seen_refresh_tokens");

    private SettingsJson() {}

    public static ObjectNode write(OAuthSettings settings) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(FORMAT_MEMBER, FORMAT);
        writeOwner(json, settings.owner());
        json.put("lineage", settings.lineage());
        json.put("generation", settings.generation());
        writeTokens(json, settings.tokens());
        writePending(json, "pending", settings.pending());
        writeEnded(json, settings.ended());
        writeBackoff(json, settings.backoff());
        writeSeen(json, settings.seenRefreshTokens());
        settings.others().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(other -> json.set(other.getKey(), other.getValue()));
        return json;
    }

    /**
     * Reads settings.
     *
     * @param reader the owner of settings that do not tell their kind
     */
    public static OAuthSettings read(JsonNode json, SettingsOwner reader) {
        return new OAuthSettings(
                readOwner(json, reader),
                json.has("lineage") ? text(json, "lineage") : "",
                generation(json),
                readTokens(json),
                readPending(json.get("pending")),
                readEnded(json.get("authorization_required")),
                readBackoff(json),
                readSeen(json.get("seen_refresh_tokens")),
                readOthers(json));
    }

    private static void writeOwner(ObjectNode json, SettingsOwner owner) {
        json.put("url", owner.url());
        json.put("client_id", owner.clientId());
        json.put("grant", owner.grant());
        if (!owner.scope().isEmpty()) {
            json.put("requested_scope", owner.scope());
        }
    }

    private static SettingsOwner readOwner(JsonNode json, SettingsOwner reader) {
        String url = text(json, "url");
        String clientId = text(json, "client_id");
        if (json.has("grant")) {
            String scope = json.has("requested_scope") ? text(json, "requested_scope") : "";
            return new SettingsOwner(url, clientId, text(json, "grant"), scope);
        }
        // Written by hand, or by an earlier version. Only a person's grant has these members.
        return TRACES_OF_A_PERSON.stream().anyMatch(json::has)
                ? SettingsOwner.person(url, clientId)
                : new SettingsOwner(url, clientId, reader.grant(), reader.scope());
    }

    private static void writeTokens(ObjectNode json, @Nullable TokenPair tokens) {
        if (tokens == null) {
            return;
        }
        putSecret(json, "access_token", tokens.accessToken());
        json.put("token_type", "bearer");
        putSecret(json, "refresh_token", tokens.refreshToken());
        if (tokens.scope() != null) {
            json.put("scope", tokens.scope());
        }
        putInstant(json, "obtained_at", tokens.obtainedAt());
        putInstant(json, "expires_at", tokens.expiresAt());
        putInstant(json, "refresh_token_expires_at", tokens.refreshExpiresAt());
    }

    private static @Nullable TokenPair readTokens(JsonNode json) {
        if (!json.has("access_token") && !json.has("refresh_token")) {
            return null;
        }
        Instant obtainedAt = instant(json, "obtained_at");
        return new TokenPair(
                secret(json, "access_token", TokenGrammar::isAccessToken),
                secret(json, "refresh_token", token -> !token.isEmpty()),
                json.has("scope") ? text(json, "scope") : null,
                obtainedAt == null ? Instant.EPOCH : obtainedAt,
                instant(json, "expires_at"),
                instant(json, "refresh_token_expires_at"));
    }

    private static void writePending(ObjectNode json, String name, @Nullable PendingExchange pending) {
        if (pending != null) {
            ObjectNode note = json.putObject(name)
                    .put("fingerprint", pending.fingerprint())
                    .put("generation", pending.generation())
                    .put("started_at", pending.startedAt().toString())
                    .put("owner", pending.owner());
            if (!pending.mayTake().isZero()) {
                note.put("may_take", pending.mayTake().toString());
            }
            writePending(note, "earlier", pending.earlier());
        }
    }

    private static @Nullable PendingExchange readPending(@Nullable JsonNode json) {
        return json == null
                ? null
                : new PendingExchange(
                        text(json, "fingerprint"),
                        generation(json),
                        needInstant(json, "started_at"),
                        text(json, "owner"),
                        duration(json, "may_take"),
                        readPending(json.get("earlier")));
    }

    private static void writeEnded(ObjectNode json, @Nullable EndedGrant ended) {
        if (ended != null) {
            json.putObject("authorization_required")
                    .put("fingerprint", ended.fingerprint())
                    .put("reason", ended.reason())
                    .put("since", ended.since().toString());
        }
    }

    private static @Nullable EndedGrant readEnded(@Nullable JsonNode json) {
        return json == null
                ? null
                : new EndedGrant(text(json, "fingerprint"), text(json, "reason"), needInstant(json, "since"));
    }

    private static void writeBackoff(ObjectNode json, @Nullable Backoff backoff) {
        if (backoff != null) {
            json.put("retry_at", backoff.retryAt().toString());
            json.put("retry_after", backoff.retryAfter().toString());
            json.put("failures", backoff.failures());
        }
    }

    private static @Nullable Backoff readBackoff(JsonNode json) {
        Instant retryAt = instant(json, "retry_at");
        JsonNode failures = json.path("failures");
        require(failures.isMissingNode() || (failures.canConvertToInt() && failures.intValue() >= 0), "failures");
        return retryAt == null ? null : new Backoff(failures.asInt(), retryAt, duration(json, "retry_after"));
    }

    private static void writeSeen(ObjectNode json, List<String> seen) {
        if (!seen.isEmpty()) {
            ArrayNode array = json.putArray("seen_refresh_tokens");
            seen.forEach(array::add);
        }
    }

    private static List<String> readSeen(@Nullable JsonNode json) {
        List<String> seen = new ArrayList<>();
        if (json != null) {
            require(json.isArray(), "seen_refresh_tokens");
            for (JsonNode fingerprint : json) {
                require(fingerprint.isTextual(), "seen_refresh_tokens");
                seen.add(fingerprint.textValue());
            }
        }
        return seen;
    }

    private static Map<String, JsonNode> readOthers(JsonNode json) {
        Map<String, JsonNode> others = new HashMap<>();
        json.properties().forEach(member -> {
            if (!KNOWN.contains(member.getKey())) {
                others.put(member.getKey(), member.getValue());
            }
        });
        return others;
    }
}

package io.github.camelzendesk.auth.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What is kept of one connection between processes and restarts. Immutable.
 *
 * @param owner the account, the client, the kind of credentials and the scope that the tokens belong to
 * @param lineage names the login that all these generations descend from; empty before the first
 * @param generation grows by one with each new lineage or rotation; a lower one never replaces a higher one
 * @param tokens null before the first grant and after a revocation
 * @param pending the token request that may be under way, or whose answer may be lost; null when there is none
 * @param ended why the grant has ended; null while it is in force
 * @param backoff how many token requests failed in a row, and until when none is sent; null after a success
 * @param seenRefreshTokens fingerprints of configured tokens that were tried, and of codes that were exchanged
 * @param others members that this version does not know, kept as they were
 */
public record OAuthSettings(
        SettingsOwner owner,
        String lineage,
        long generation,
        @Nullable TokenPair tokens,
        @Nullable PendingExchange pending,
        @Nullable EndedGrant ended,
        @Nullable Backoff backoff,
        List<String> seenRefreshTokens,
        Map<String, JsonNode> others) {

    private static final String CONFIGURED = "configured-";
    private static final String CURSORS = "cursors";

    public OAuthSettings {
        seenRefreshTokens = List.copyOf(seenRefreshTokens);
        others = Map.copyOf(others);
    }

    /** The settings of a connection for which nothing was ever stored. */
    public static OAuthSettings empty(SettingsOwner owner) {
        return new OAuthSettings(owner, "", 0, null, null, null, null, List.of(), Map.of());
    }

    /** The same for a person's grant. */
    public static OAuthSettings empty(String url, String clientId) {
        return empty(SettingsOwner.person(url, clientId));
    }

    /** The next generation with these tokens. What was pending or ended belonged to the one before. */
    public OAuthSettings withNextTokens(@Nullable TokenPair next) {
        return new OAuthSettings(owner, lineage, generation + 1, next, null, null, null, seenRefreshTokens, others);
    }

    /** The next generation with the first tokens of another login. */
    public OAuthSettings withNewLineage(String name, TokenPair first) {
        return new OAuthSettings(owner, name, generation + 1, first, null, null, null, seenRefreshTokens, others);
    }

    /**
     * The next generation with the grant of the configuration. Its lineage names the configured token, so that all
     * processes with that token compare its generations.
     */
    public OAuthSettings withConfigured(TokenPair first) {
        return withNewLineage(CONFIGURED + first.fingerprint(), first).withSeen(first.fingerprint());
    }

    /** The fingerprint of the configured token that this lineage began with; empty when it began otherwise. */
    public String configuredToken() {
        return lineage.startsWith(CONFIGURED) ? lineage.substring(CONFIGURED.length()) : "";
    }

    /** The same generation, with what was learned about its tokens since. */
    public OAuthSettings withTokens(@Nullable TokenPair known) {
        return new OAuthSettings(owner, lineage, generation, known, pending, ended, backoff, seenRefreshTokens, others);
    }

    /** The same generation; null removes the note. */
    public OAuthSettings withPending(@Nullable PendingExchange exchange) {
        return new OAuthSettings(
                owner, lineage, generation, tokens, exchange, ended, backoff, seenRefreshTokens, others);
    }

    /** The same generation, whose grant has ended. */
    public OAuthSettings withEnded(@Nullable EndedGrant grant) {
        return new OAuthSettings(
                owner, lineage, generation, tokens, pending, grant, backoff, seenRefreshTokens, others);
    }

    /** The same generation after a failure; null forgets failures. */
    public OAuthSettings withBackoff(@Nullable Backoff latest) {
        return new OAuthSettings(owner, lineage, generation, tokens, pending, ended, latest, seenRefreshTokens, others);
    }

    /** The same generation, with one more {@linkplain #seenRefreshTokens seen} token or code. */
    public OAuthSettings withSeen(String fingerprint) {
        if (seenRefreshTokens.contains(fingerprint)) {
            return this;
        }
        List<String> seen = new ArrayList<>(seenRefreshTokens);
        seen.add(fingerprint);
        return new OAuthSettings(owner, lineage, generation, tokens, pending, ended, backoff, seen, others);
    }

    /** Where an export of the application goes on; empty when nothing is kept under this name. */
    public Optional<String> cursor(String name) {
        JsonNode cursor =
                others.getOrDefault(CURSORS, MissingNode.getInstance()).get(name);
        return cursor == null ? Optional.empty() : Optional.of(cursor.asText());
    }

    /** The same generation, with another cursor. */
    public OAuthSettings withCursor(String name, String cursor) {
        ObjectNode cursors = others.get(CURSORS) instanceof ObjectNode known
                ? known.deepCopy()
                : JsonNodeFactory.instance.objectNode();
        Map<String, JsonNode> next = new HashMap<>(others);
        next.put(CURSORS, cursors.put(name, cursor));
        return new OAuthSettings(owner, lineage, generation, tokens, pending, ended, backoff, seenRefreshTokens, next);
    }

    /** The refresh token; null when there is none. */
    public @Nullable Secret refreshToken() {
        return tokens == null ? null : tokens.refreshToken();
    }
}

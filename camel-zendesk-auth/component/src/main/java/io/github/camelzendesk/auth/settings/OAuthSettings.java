package io.github.camelzendesk.auth.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What is kept of one connection between processes and restarts. Immutable.
 *
 * @param owner the account, the client and the kind of credentials that the tokens belong to
 * @param lineage names the login that all these generations descend from; empty before the first
 * @param generation grows by one with each new lineage or rotation; a lower one never replaces a higher one
 * @param tokens null before the first grant and after a revocation
 * @param setback what went wrong last, and until when nobody tries again; null when nothing holds us back
 * @param seenRefreshTokens fingerprints of refresh tokens that came from configuration and were taken over once
 * @param others members that this version does not know, kept as they were
 */
public record OAuthSettings(
        SettingsOwner owner,
        String lineage,
        long generation,
        @Nullable TokenPair tokens,
        @Nullable PendingExchange pending,
        @Nullable EndedGrant ended,
        @Nullable Setback setback,
        List<String> seenRefreshTokens,
        Map<String, JsonNode> others) {

    private static final String CONFIGURED = "configured-";

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

    /** The next generation with these tokens: whatever was pending or ended belonged to their predecessor. */
    public OAuthSettings withNextTokens(@Nullable TokenPair next) {
        return new OAuthSettings(owner, lineage, generation + 1, next, null, null, null, seenRefreshTokens, others);
    }

    /** The next generation with the first tokens of another login. */
    public OAuthSettings withNewLineage(String name, TokenPair first) {
        return new OAuthSettings(owner, name, generation + 1, first, null, null, null, seenRefreshTokens, others);
    }

    /**
     * The next generation with a grant that the configuration brings. Its lineage names the configured token, so that all
     * who bring the same one mean the same login.
     */
    public OAuthSettings withConfigured(TokenPair first) {
        return withNewLineage(CONFIGURED + first.fingerprint(), first).withSeen(first.fingerprint());
    }

    /** The fingerprint of the configured token that these generations descend from; empty for another login. */
    public String configuredToken() {
        return lineage.startsWith(CONFIGURED) ? lineage.substring(CONFIGURED.length()) : "";
    }

    /** The same generation, with more known of its tokens. */
    public OAuthSettings withTokens(@Nullable TokenPair known) {
        return new OAuthSettings(owner, lineage, generation, known, pending, ended, setback, seenRefreshTokens, others);
    }

    public OAuthSettings withPending(@Nullable PendingExchange exchange) {
        return new OAuthSettings(
                owner, lineage, generation, tokens, exchange, ended, setback, seenRefreshTokens, others);
    }

    public OAuthSettings withEnded(@Nullable EndedGrant grant) {
        return new OAuthSettings(
                owner, lineage, generation, tokens, pending, grant, setback, seenRefreshTokens, others);
    }

    public OAuthSettings withSetback(@Nullable Setback latest) {
        return new OAuthSettings(owner, lineage, generation, tokens, pending, ended, latest, seenRefreshTokens, others);
    }

    public OAuthSettings withSeen(String fingerprint) {
        if (seenRefreshTokens.contains(fingerprint)) {
            return this;
        }
        List<String> seen = new ArrayList<>(seenRefreshTokens);
        seen.add(fingerprint);
        return new OAuthSettings(owner, lineage, generation, tokens, pending, ended, setback, seen, others);
    }

    public @Nullable Secret refreshToken() {
        return tokens == null ? null : tokens.refreshToken();
    }
}

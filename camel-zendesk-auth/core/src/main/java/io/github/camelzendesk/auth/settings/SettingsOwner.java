package io.github.camelzendesk.auth.settings;

import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/**
 * What stored settings belong to: an account, a client, a kind of credentials and a scope. A store refuses to read or
 * replace the settings of another owner. Immutable.
 *
 * @param url the origin of the Zendesk account that the tokens belong to
 * @param clientId the OAuth client they were issued to
 * @param grant the kind of credentials, as RFC 6749 names its grant type: {@link #PERSON} or {@link #CLIENT}
 * @param scope the scope that client credentials ask for (RFC 6749 section 3.3), sorted and without duplicates; empty
 *     for the client's default, and for a person's grant, whose scope was settled at the login
 */
public record SettingsOwner(String url, String clientId, String grant, String scope) {
    /** A person has logged in (RFC 6749 section 4.1), and refresh tokens keep the grant alive. */
    static final String PERSON = "authorization_code";
    /** The client acts for itself (RFC 6749 section 4.4). */
    static final String CLIENT = "client_credentials";

    /** The owner of a person's grant. */
    public static SettingsOwner person(String url, String clientId) {
        return new SettingsOwner(url, clientId, PERSON, "");
    }

    /**
     * The owner of what a client obtains for itself.
     *
     * @param scope separated by blanks or commas, in any order; null for the client's default
     */
    public static SettingsOwner client(String url, String clientId, @Nullable String scope) {
        return new SettingsOwner(url, clientId, CLIENT, normalised(scope));
    }

    boolean isPerson() {
        return grant.equals(PERSON);
    }

    /** For messages. The values may come from a file, so they are made safe for the log. */
    String describe() {
        String kind = LogSafeText.oneLine(grant)
                + (scope.isEmpty() ? "" : " with scope '" + LogSafeText.oneLine(scope) + "'");
        return LogSafeText.oneLine(url) + " and OAuth client '" + LogSafeText.oneLine(clientId) + "' (" + kind + ")";
    }

    // Not the record's own: on Java 17 its method handles would keep the class loader of a web application for ever.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SettingsOwner owner
                && url.equals(owner.url)
                && clientId.equals(owner.clientId)
                && grant.equals(owner.grant)
                && scope.equals(owner.scope);
    }

    @Override
    public int hashCode() {
        return Objects.hash(url, clientId, grant, scope);
    }

    private static String normalised(@Nullable String scope) {
        return scope == null || scope.isBlank()
                ? ""
                : String.join(" ", new TreeSet<>(List.of(scope.trim().split("[\\s,]+"))));
    }
}

package io.github.camelzendesk.auth.oauth;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.OAuthSettings;

/**
 * The settings that this process goes by, and what counts when the store says otherwise. One thread at a time changes it;
 * any may ask.
 */
final class Held {
    private final Connection connection;
    private final Seed seed;
    private final Landing landing;
    private volatile @Nullable OAuthSettings current;

    Held(Connection connection, Seed seed, Landing landing) {
        this.connection = connection;
        this.seed = seed;
        this.landing = landing;
    }

    void hold(OAuthSettings settings) {
        current = settings;
    }

    @Nullable
    OAuthSettings current() {
        return current;
    }

    boolean isEmpty() {
        return current == null;
    }

    /** What counts: the store, unless this process holds a younger generation of the same login, or an unsaved one. */
    OAuthSettings latest(Optional<OAuthSettings> stored) {
        OAuthSettings theirs = stored.orElse(null);
        OAuthSettings unsaved = landing.outranking(theirs);
        if (unsaved != null) {
            return unsaved;
        }
        OAuthSettings mine = current;
        if (theirs == null) {
            return mine == null ? nothing() : mine;
        }
        return mine != null && isSameLogin(mine, theirs) && mine.generation() > theirs.generation() ? mine : theirs;
    }

    /** Whether these settings are of another login, or of a younger generation, than the ones in use. */
    boolean isSuperseded(OAuthSettings stored) {
        OAuthSettings mine = current;
        return mine != null && (!isSameLogin(mine, stored) || mine.generation() < stored.generation());
    }

    /** Whether the tokens of these settings are other ones than those that will not do. */
    boolean serves(OAuthSettings settings, Need need) {
        OAuthSettings mine = current;
        boolean otherLogin = mine != null && !isSameLogin(mine, settings);
        return need.code() == null
                && need != Need.THE_LOCK
                && (otherLogin || settings.generation() > need.staleThrough());
    }

    /** Whether the grant of the configuration is still to be tried; a store that was begun anew forgets, and we do not. */
    boolean isUnseen(OAuthSettings settings) {
        OAuthSettings mine = current;
        return seed.isUnseen(settings) && (mine == null || seed.isUnseen(mine));
    }

    private OAuthSettings nothing() {
        Credentials.Renewable credentials = (Credentials.Renewable) connection.credentials();
        return OAuthSettings.empty(connection.url(), credentials.client().identifier());
    }

    private static boolean isSameLogin(OAuthSettings one, OAuthSettings other) {
        return one.lineage().equals(other.lineage());
    }
}

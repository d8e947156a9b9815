package io.github.camelzendesk.auth.settings;

import org.jspecify.annotations.Nullable;

/**
 * Which of two settings of one connection takes precedence, and why: those that a process holds, or those that are
 * stored. Only the login (lineage) and the generation decide, never a clock. Immutable; the functions are pure.
 */
public enum Precedence {
    /** Nothing is stored: the held settings count. */
    NOT_STORED,
    /** The stored settings are an earlier generation of the same login: the held ones count. */
    OLDER,
    /** Both are the same generation of one login: the stored ones count, because they may hold a later note. */
    SAME,
    /** The stored settings are a later generation of the same login: they count. */
    NEWER,
    /** The stored settings are of another login, the last that a person made: they count. */
    OTHER_LOGIN;

    /**
     * Compares the settings that a process holds with the stored ones.
     *
     * @param known null when the process holds none yet; then all that is stored is news
     */
    public static Precedence of(@Nullable OAuthSettings known, @Nullable OAuthSettings stored) {
        return of(known, "", stored);
    }

    /**
     * The same for settings that are not saved yet.
     *
     * @param replaced the lineage that they were to replace: its generations are compared as their own; empty for none
     */
    public static Precedence of(@Nullable OAuthSettings known, String replaced, @Nullable OAuthSettings stored) {
        if (stored == null) {
            return NOT_STORED;
        }
        if (known == null || !isSameLogin(known, replaced, stored)) {
            return OTHER_LOGIN;
        }
        int order = Long.compare(stored.generation(), known.generation());
        return order > 0 ? NEWER : order < 0 ? OLDER : SAME;
    }

    private static boolean isSameLogin(OAuthSettings known, String replaced, OAuthSettings stored) {
        return stored.lineage().equals(known.lineage())
                || (!replaced.isEmpty() && stored.lineage().equals(replaced))
                || (stored.tokens() == null && stored.lineage().isEmpty());
    }

    /** Whether the stored settings count, and the process does not hold them yet. */
    public boolean isNews() {
        return this == NEWER || this == OTHER_LOGIN;
    }

    /**
     * Whether settings that could not be saved are still to be saved. Of the same generation they are not when a database
     * did save them, and only its answer was lost, nor when another process was given a refresh token and this one none.
     *
     * @param replaced what was stored before them
     */
    public static boolean isUnsaved(OAuthSettings held, OAuthSettings replaced, @Nullable OAuthSettings stored) {
        Precedence order = of(held, replaced.lineage(), stored);
        return order == SAME && stored != null ? isMissing(held, replaced, stored) : !order.isNews();
    }

    private static boolean isMissing(OAuthSettings held, OAuthSettings replaced, OAuthSettings stored) {
        String grant = grant(held);
        boolean isOld = grant.equals(grant(replaced)) || grant.equals(held.configuredToken());
        return held.ended() != null || (grant.equals(grant(stored)) ? isUnmarked(held, stored) : !isOld);
    }

    /** Whether the store lacks that a configured token was tried, and holds no note that another made since. */
    private static boolean isUnmarked(OAuthSettings held, OAuthSettings stored) {
        PendingExchange note = stored.pending();
        return !stored.seenRefreshTokens().containsAll(held.seenRefreshTokens())
                && (note == null || held.seenRefreshTokens().contains(note.fingerprint()));
    }

    private static String grant(OAuthSettings settings) {
        TokenPair tokens = settings.tokens();
        return tokens == null ? "" : tokens.fingerprint();
    }

    /**
     * For stores: refuses settings of a lower generation than the stored ones. Each save counts on from what it
     * replaces, also for another login, so a lower generation comes from an outdated read.
     *
     * @param place names the store in the message
     * @throws SettingsStoreException when the stored settings must not be replaced
     */
    public static void refuseOlder(OAuthSettings next, @Nullable OAuthSettings stored, String place) {
        if (stored != null && stored.generation() > next.generation()) {
            throw new SettingsStoreException(place + " holds generation " + stored.generation() + ", which generation "
                    + next.generation() + " must not replace.");
        }
    }

    /**
     * For stores that remember generations apart from the settings: refuses the note of a refresh with a token that a
     * later generation of the same login has replaced. Another login may be saved at any time.
     *
     * @param highest the highest generation of that login that was ever stored; 0 when it is not known
     * @param place names the store in the message
     * @throws SettingsStoreException when the stored settings went back, so that their refresh token was used before
     */
    public static void refuseSpent(OAuthSettings noted, long highest, String place) {
        if (noted.generation() < highest && isNoteOfOwnToken(noted)) {
            throw new SettingsStoreException(place + " went back to generation " + noted.generation()
                    + " of a login whose generation " + highest
                    + " was stored before, as after a restore of a backup or"
                    + " an apply from git. Its refresh token was used then, and is not sent. A process that has the newer"
                    + " tokens in memory puts them back when it refreshes them. Without one, log in again, beginning at"
                    + " operation=authorizationUrl.");
        }
    }

    private static boolean isNoteOfOwnToken(OAuthSettings noted) {
        PendingExchange pending = noted.pending();
        TokenPair tokens = noted.tokens();
        return pending != null && tokens != null && pending.fingerprint().equals(tokens.fingerprint());
    }
}

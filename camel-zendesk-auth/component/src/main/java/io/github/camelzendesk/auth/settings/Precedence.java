package io.github.camelzendesk.auth.settings;

import org.jspecify.annotations.Nullable;

/**
 * Which of two settings of one connection counts, and why: those that a process goes by, or those that are stored. Only
 * the login and the generation decide, never a clock. Pure.
 */
public enum Precedence {
    /** Nothing is stored: what is known here counts. */
    NOT_STORED,
    /** The stored settings are of the same login and of an earlier generation: what is known here counts. */
    OLDER,
    /** Both are of the same login and generation: the stored ones count, because they may hold a later note. */
    SAME,
    /** The stored settings are of the same login and of a later generation: they count. */
    NEWER,
    /** The stored settings are of another login, which is what a person wanted last: they count. */
    OTHER_LOGIN;

    /** @param known null in a process that has met no settings so far, to which all that is stored is news */
    public static Precedence of(@Nullable OAuthSettings known, @Nullable OAuthSettings stored) {
        return of(known, "", stored);
    }

    /** @param replaced the login that the known settings were to replace, which is not another one to them */
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

    /** Whether the stored settings hold what is not known here, and count. */
    public boolean isNews() {
        return this == NEWER || this == OTHER_LOGIN;
    }

    /**
     * For stores: the next settings count from the ones that they replace, so a lower generation comes from an outdated
     * reading, of whichever login.
     *
     * @param place names the store in the message
     * @throws SettingsStoreException when what is stored must not be replaced
     */
    public static void refuseOlder(OAuthSettings next, @Nullable OAuthSettings stored, String place) {
        if (stored != null && stored.generation() > next.generation()) {
            throw new SettingsStoreException(place + " holds generation " + stored.generation() + ", which generation "
                    + next.generation() + " must not replace.");
        }
    }
}

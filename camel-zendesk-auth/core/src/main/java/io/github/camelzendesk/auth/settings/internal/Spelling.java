package io.github.camelzendesk.auth.settings.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How people misspell names. Stateless. */
public final class Spelling {
    private static final int MOST_MISTAKES = 4;
    private static final int LETTERS_A_MISTAKE = 3;

    private Spelling() {}

    /** A sentence with the name that was meant by this, or with all of them. */
    public static String advice(String text, Collection<String> known) {
        return nearest(text, known)
                .map(name -> "Did you mean " + name + "?")
                .orElseGet(() -> "Known are: "
                        + String.join(", ", known.stream().sorted().toList()) + ".");
    }

    /** The name that was meant by this; empty when it resembles none. */
    public static Optional<String> nearest(String text, Collection<String> known) {
        int most = Math.min(MOST_MISTAKES, text.length() / LETTERS_A_MISTAKE);
        return known.stream()
                .filter(name -> distance(name, text) <= most)
                .min(Comparator.comparingInt(name -> distance(name, text)));
    }

    private static int distance(String name, String text) {
        return changes(bare(name), bare(text));
    }

    /** A name as it is compared: ignoring case, dashes and underscores. */
    public static String bare(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** The number of letters to add, remove or change (Levenshtein). */
    private static int changes(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}

package io.github.camelzendesk.auth.options;

import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How people misspell options. Stateless. */
final class Spelling {
    private static final int MOST_MISTAKES = 4;

    private Spelling() {}

    /**
     * A sentence with the option that was meant by this, or with all of them.
     *
     * @param shown how an option is to be written there
     */
    static String nearest(String name, Function<Option<?>, String> shown) {
        return Options.ALL.stream()
                .filter(option -> distance(option, name) <= MOST_MISTAKES)
                .min(Comparator.comparingInt(option -> distance(option, name)))
                .map(option -> "Did you mean " + shown.apply(option) + "?")
                .orElseGet(() -> "Known are: "
                        + Options.ALL.stream().map(shown).sorted().collect(Collectors.joining(", ")) + ".");
    }

    private static int distance(Option<?> option, String text) {
        return distance(
                option.name().toLowerCase(Locale.ROOT),
                text.replaceAll("[-_]", "").toLowerCase(Locale.ROOT));
    }

    /** The number of letters to add, remove or change (Levenshtein). */
    private static int distance(String one, String other) {
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

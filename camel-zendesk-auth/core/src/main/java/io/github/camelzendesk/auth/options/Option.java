package io.github.camelzendesk.auth.options;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.settings.internal.Spelling;

/**
 * One option of a connection: its name, its type, what may be written for it, and what it means. Immutable and
 * thread-safe. All of them are in {@link Options}.
 *
 * @param <T> the type of its values
 */
public final class Option<T> {
    private static final int MOST_PORT = 65_535;
    /** What is seen at neither end of a text: blanks, line ends, controls, and marks without a width such as U+FEFF. */
    private static final Pattern UNSEEN = Pattern.compile("^[\\s\\p{Z}\\p{Cc}\\p{Cf}]+|[\\s\\p{Z}\\p{Cc}\\p{Cf}]+$");

    private final String name;
    private final Class<T> type;
    private final String form;
    private final Function<String, T> parser;
    private final @Nullable String defaultText;
    private final @Nullable T defaultValue;
    private final boolean secret;
    private final String label;
    private final List<String> spellings;
    private final @Nullable String header;
    private final Predicate<? super T> accepted;
    private final String description;

    private Option(Draft<T> draft, String description) {
        this.name = draft.name;
        this.type = draft.type;
        this.form = draft.form;
        this.parser = draft.parser;
        this.defaultText = draft.defaultText;
        this.defaultValue = draft.defaultText == null ? null : draft.parser.apply(draft.defaultText);
        this.secret = draft.secret;
        this.label = draft.label;
        this.spellings = draft.spellings;
        this.header = draft.header;
        this.accepted = draft.accepted;
        this.description = description;
    }

    static Draft<String> text(String name) {
        return new Draft<>(name, String.class, "text", Function.identity());
    }

    static Draft<Integer> port(String name) {
        return new Draft<>(name, Integer.class, "a port", Integer::valueOf)
                .as("a port from 1 to " + MOST_PORT, port -> port > 0 && port <= MOST_PORT);
    }

    static Draft<Long> number(String name) {
        return new Draft<>(name, Long.class, "a whole number", Long::valueOf);
    }

    /** Of a length from one to the other. */
    static Draft<Duration> duration(String name, String least, String most) {
        Duration shortest = DurationText.parse(least);
        Duration longest = DurationText.parse(most);
        return new Draft<>(name, Duration.class, "a duration", DurationText::parse)
                .as(
                        "a duration from " + least + " to " + most + ", with its unit",
                        given -> given.compareTo(shortest) >= 0 && given.compareTo(longest) <= 0);
    }

    static <E extends Enum<E>> Draft<E> choice(String name, Class<E> type) {
        String form = "one of " + String.join(", ", names(type));
        return new Draft<>(name, type, form, text -> Stream.of(type.getEnumConstants())
                .filter(constant -> Spelling.bare(constant.name()).equals(Spelling.bare(text)))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new));
    }

    private static <E extends Enum<E>> List<String> names(Class<E> type) {
        return Stream.of(type.getEnumConstants()).map(Enum::name).toList();
    }

    /** As Camel spells it, such as {@code oauthClientId}. */
    public String name() {
        return name;
    }

    public Class<T> type() {
        return type;
    }

    /** The value of an option that is not set, null when it then has none. */
    public @Nullable T defaultValue() {
        return defaultValue;
    }

    /** The default as a person writes it, null when there is none. */
    public @Nullable String defaultText() {
        return defaultText;
    }

    /** Whether its value must not be shown. */
    public boolean isSecret() {
        return secret;
    }

    /** What it belongs to, in the words of Camel's catalog: {@code security}, {@code proxy}, {@code advanced}; empty for all. */
    public String label() {
        return label;
    }

    /** What else the drivers call it, beside its own name in any case. */
    public List<String> spellings() {
        return spellings;
    }

    /** The name of the request header that its value becomes, null when it becomes none. */
    public @Nullable String header() {
        return header;
    }

    public String description() {
        return description;
    }

    /** The variable of the environment: {@code ZENDESK_OAUTH_CLIENT_ID} for {@code oauthClientId}. */
    public String variable() {
        return "ZENDESK_" + name.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    /**
     * The value that a text means.
     *
     * @throws ConfigurationRefused when it is none of this option, without the text, which may be a secret
     */
    public T parse(String text) {
        try {
            return parser.apply(text.strip());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationRefused("The option " + name + " must be " + form + ".");
        }
    }

    /** Why a value is none of this option, empty when it is one; never the text of one, which may be a secret. */
    Optional<String> refusal(T value) {
        if (accepted.test(value)) {
            return Optional.empty();
        }
        String shown = value instanceof Duration duration
                ? " is " + DurationText.of(duration) + ", and"
                : value instanceof Number ? " is " + value + ", and" : "";
        return Optional.of(name + shown + " must be " + form + ".");
    }

    /**
     * A value without what is unseen at the ends of a text; null for a blank one, which is as good as none.
     *
     * @throws ConfigurationRefused when a header is blank: a call for an end user must not become the agent's own
     */
    @Nullable
    T normalized(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return value == null ? null : type.cast(value);
        }
        String seen = UNSEEN.matcher(text).replaceAll("");
        if (seen.isEmpty() && header != null) {
            throw new ConfigurationRefused("The option " + name + " is blank: set it, or leave it out.");
        }
        return seen.isEmpty() ? null : type.cast(seen);
    }

    @Override
    public String toString() {
        return name;
    }

    /** An option that is being described. For one thread. */
    static final class Draft<T> {
        private final String name;
        private final Class<T> type;
        private String form;
        private final Function<String, T> parser;
        private Predicate<? super T> accepted = value -> true;
        private @Nullable String defaultText;
        private boolean secret;
        private String label = "";
        private List<String> spellings = List.of();
        private @Nullable String header;

        private Draft(String name, Class<T> type, String form, Function<String, T> parser) {
            this.name = name;
            this.type = type;
            this.form = form;
            this.parser = parser;
        }

        /** Accepts these values only, which are of this form. */
        Draft<T> as(String form, Predicate<? super T> accepted) {
            this.form = form;
            this.accepted = accepted;
            return this;
        }

        Draft<T> or(String text) {
            this.defaultText = text;
            return this;
        }

        Draft<T> secret() {
            this.secret = true;
            return this;
        }

        Draft<T> in(String label) {
            this.label = label;
            return this;
        }

        /** Becomes the request header of this name. */
        Draft<T> header(String header) {
            this.header = header;
            return in("producer");
        }

        Draft<T> spelledAlso(String... names) {
            this.spellings = List.of(names);
            return this;
        }

        Option<T> means(String description) {
            return new Option<>(this, description);
        }
    }
}

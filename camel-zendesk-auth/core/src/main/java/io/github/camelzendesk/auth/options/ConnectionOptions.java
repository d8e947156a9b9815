package io.github.camelzendesk.auth.options;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.internal.Spelling;

/**
 * The options of one connection, as far as they are set. Immutable and thread-safe.
 *
 * <p>Blank text is as good as none, and what is around a value, such as the line end of a mounted secret, is no part of it.
 */
public final class ConnectionOptions {
    /** None set: where a connection begins. */
    public static final ConnectionOptions NONE = new ConnectionOptions(Map.of());

    private static final String VARIABLE_PREFIX = "ZENDESK_";

    private final Map<Option<?>, Object> values;

    private ConnectionOptions(Map<Option<?>, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * The options that texts set, by name, in any spelling that {@link Options#find} knows.
     *
     * @throws ConfigurationRefused for a name that is none, and for a text that is no value of its option
     */
    public static ConnectionOptions of(Map<String, String> texts) {
        ConnectionOptions options = NONE;
        for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
            options = options.withText(text.getKey(), text.getKey(), text.getValue(), Option::name);
        }
        return options;
    }

    /**
     * The options that variables of the environment set: {@code ZENDESK_OAUTH_CLIENT_ID} is {@code oauthClientId}.
     *
     * @throws ConfigurationRefused for a variable {@code ZENDESK_...} that names none
     */
    public static ConnectionOptions ofEnvironment(Map<String, String> environment) {
        ConnectionOptions options = NONE;
        for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
            String name = variable.getKey().toUpperCase(Locale.ROOT);
            if (name.startsWith(VARIABLE_PREFIX) && !variable.getValue().isBlank()) {
                options = options.withText(
                        variable.getKey(),
                        name.substring(VARIABLE_PREFIX.length()),
                        variable.getValue(),
                        Option::variable);
            }
        }
        return options;
    }

    /** The options that this knows a value of. */
    public static ConnectionOptions of(Function<Option<?>, @Nullable Object> values) {
        Map<Option<?>, Object> set = new IdentityHashMap<>();
        for (Option<?> option : Options.ALL) {
            Object value = option.normalized(values.apply(option));
            if (value != null) {
                set.put(option, value);
            }
        }
        return new ConnectionOptions(set);
    }

    private ConnectionOptions withText(String shown, String name, String text, Function<Option<?>, String> spelling) {
        Option<?> option = Options.find(name)
                .orElseThrow(() -> new ConfigurationRefused(shown + " names no option. Correct or remove it. "
                        + Spelling.advice(
                                shown, Options.ALL.stream().map(spelling).toList())));
        ConnectionOptions options = withParsed(option, text);
        Object before = values.get(option);
        if (before != null && !before.equals(options.values.get(option))) {
            throw new ConfigurationRefused(shown + " sets the option " + option
                    + ", which another spelling of it sets otherwise. Keep " + spelling.apply(option) + " alone.");
        }
        return options;
    }

    private <T> ConnectionOptions withParsed(Option<T> option, String text) {
        return text.isBlank() ? this : with(option, option.parse(text));
    }

    /** These options, with one of them set; null unsets it. */
    public <T> ConnectionOptions with(Option<T> option, @Nullable T value) {
        Map<Option<?>, Object> changed = new IdentityHashMap<>(values);
        Object set = option.normalized(value);
        if (set == null) {
            changed.remove(option);
        } else {
            changed.put(option, set);
        }
        return new ConnectionOptions(changed);
    }

    /** What is set, or else the option's default; null without either. */
    public <T> @Nullable T find(Option<T> option) {
        Object value = values.get(option);
        return value == null ? option.defaultValue() : option.type().cast(value);
    }

    /** What is set, or else the option's default, of an option that has one. */
    public <T> T get(Option<T> option) {
        return Objects.requireNonNull(find(option), option.name());
    }

    public boolean isSet(Option<?> option) {
        return values.containsKey(option);
    }

    /**
     * What is set, by name, with the fingerprint in place of a secret, without what only a request carries: equal for options
     * that mean the same tokens.
     */
    public Map<String, Object> identity() {
        return values.entrySet().stream()
                .filter(set -> set.getKey().header() == null)
                .collect(Collectors.toMap(
                        set -> set.getKey().name(),
                        set -> set.getKey().isSecret()
                                ? Secret.of(set.getValue().toString()).fingerprint()
                                : set.getValue()));
    }

    /** Names only: among the values are secrets. */
    @Override
    public String toString() {
        return "ConnectionOptions"
                + values.keySet().stream().map(Option::name).sorted().toList();
    }
}

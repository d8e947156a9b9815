package io.github.camelzendesk.auth.springboot;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.settings.internal.Spelling;

/**
 * Refuses properties of ours that name no option: a misspelt one would mean the default. Stateless.
 *
 * <p>Variables of the environment are left out, because the same one can be read as several properties.
 */
final class UnknownOptions {
    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("camel.component.zendesk-auth");
    private static final int DEPTH = OURS.getNumberOfElements();
    private static final Map<String, String> OF_A_CONNECTION = named(Stream.of(ZendeskAuthOptions.class));
    private static final Map<String, String> ALL =
            named(Stream.of(ZendeskAuthOptions.class, ZendeskAuthComponentOptions.class));

    private UnknownOptions() {}

    /** @throws ConfigurationRefused with each name that is none, and the nearest option, but no value */
    static void refuse(Environment environment) {
        String refusal = StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .flatMap(UnknownOptions::names)
                .distinct()
                .sorted()
                .flatMap(UnknownOptions::refusal)
                .collect(Collectors.joining(" "));
        if (!refusal.isEmpty()) {
            throw new ConfigurationRefused(refusal + " Correct the name, or remove the property.");
        }
    }

    private static Stream<ConfigurationPropertyName> names(ConfigurationPropertySource source) {
        return source instanceof IterableConfigurationPropertySource iterable
                        && !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource)
                ? iterable.stream().filter(OURS::isAncestorOf)
                : Stream.empty();
    }

    private static Stream<String> refusal(ConfigurationPropertyName name) {
        return switch (name.getElement(DEPTH, Form.UNIFORM)) {
            // Whether there may be such a thing as customizer.enabled is Spring's to say.
            case "customizer" -> Stream.empty();
            case "connections" -> refusal(name, DEPTH + 2, OF_A_CONNECTION);
            default -> refusal(name, DEPTH, ALL);
        };
    }

    /** @param at where the option's name is, unless it is missing: then Spring says what must be there */
    private static Stream<String> refusal(ConfigurationPropertyName name, int at, Map<String, String> known) {
        int last = name.getNumberOfElements() - 1;
        if (last < at || (last == at && known.containsKey(name.getElement(at, Form.UNIFORM)))) {
            return Stream.empty();
        }
        return Stream.of("There is no such option: " + name + ". "
                + Spelling.advice(name.getElement(at, Form.UNIFORM), known.values()));
    }

    /** How options are written in a file of Spring's, by their names in Spring's uniform form. */
    private static Map<String, String> named(Stream<Class<? extends Record>> options) {
        return options.map(Class::getRecordComponents)
                .flatMap(Arrays::stream)
                .map(RecordComponent::getName)
                .collect(Collectors.toMap(
                        name -> name.toLowerCase(Locale.ROOT),
                        UnknownOptions::dashed,
                        (one, same) -> one,
                        TreeMap::new));
    }

    private static String dashed(String option) {
        return option.replace("OAuth", "Oauth").replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}

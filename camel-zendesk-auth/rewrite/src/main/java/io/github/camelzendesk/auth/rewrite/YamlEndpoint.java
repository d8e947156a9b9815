package io.github.camelzendesk.auth.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.openrewrite.yaml.tree.Yaml;

/** A mapping with a {@code uri} and perhaps {@code parameters}: together they are the URI of an endpoint. Immutable. */
record YamlEndpoint(Yaml.Scalar uri, Yaml.@Nullable Mapping parameters) {
    static Optional<YamlEndpoint> in(Yaml.Mapping mapping) {
        Yaml.Mapping parameters = YamlEntries.entry(mapping, "parameters")
                                .map(Yaml.Mapping.Entry::getValue)
                                .orElse(null)
                        instanceof Yaml.Mapping found
                ? found
                : null;
        return YamlEntries.entry(mapping, "uri")
                .map(Yaml.Mapping.Entry::getValue)
                .filter(Yaml.Scalar.class::isInstance)
                .map(uri -> new YamlEndpoint((Yaml.Scalar) uri, parameters));
    }

    private CamelUri written() {
        return CamelUri.parse(uri.getValue());
    }

    CamelUri whole() {
        return written()
                .plus(YamlEntries.entries(parameters)
                        .map(YamlEndpoint::parameter)
                        .toList());
    }

    private static String parameter(Yaml.Mapping.Entry entry) {
        return entry.getKey().getValue() + "=" + YamlEntries.text(entry).orElse("");
    }

    /** What is set in the URI moves there, and what is set by parameters moves among these. */
    Yaml.Mapping moved(Yaml.Mapping mapping, Outcome.Moved moved) {
        CamelUri whole = moved.uri();
        List<Yaml.Mapping.Entry> changed = parameters(moved);
        Set<String> outside = Set.copyOf(changed.stream()
                .map(entry -> CamelUri.normal(entry.getKey().getValue()))
                .toList());
        String text = whole.without(outside).text();
        return mapping.withEntries(mapping.getEntries().stream()
                .map(entry -> replaced(entry, text, changed))
                .filter(entry -> !(entry.getValue() instanceof Yaml.Mapping rest
                        && rest.getEntries().isEmpty()))
                .toList());
    }

    private Yaml.Mapping.Entry replaced(Yaml.Mapping.Entry entry, String text, List<Yaml.Mapping.Entry> changed) {
        if (entry.getValue() == uri) {
            return entry.withValue(uri.withValue(text));
        }
        return parameters != null && entry.getValue() == parameters
                ? entry.withValue(parameters.withEntries(changed))
                : entry;
    }

    private List<Yaml.Mapping.Entry> parameters(Outcome.Moved moved) {
        List<Yaml.Mapping.Entry> changed = new ArrayList<>();
        boolean isSet =
                !(moved.handOver() instanceof HandOver.Configurer) || written().hasAnyOf(UriMigration.HTTP);
        for (Yaml.Mapping.Entry entry : YamlEntries.entries(parameters).toList()) {
            if (moved.uri().has(entry.getKey().getValue())) {
                changed.add(entry);
            } else if (!isSet && moved.handOver() instanceof HandOver.Configurer configurer) {
                changed.add(configured(entry, configurer));
                isSet = true;
            }
        }
        return changed;
    }

    private static Yaml.Mapping.Entry configured(Yaml.Mapping.Entry like, HandOver.Configurer configurer) {
        Yaml.Scalar key = YamlEntries.plain("", HandOver.Configurer.OPTION);
        Yaml.Scalar value = YamlEntries.quoted(YamlEntries.plain(" ", ""), configurer.reference());
        return like.withKey(key).withValue(value);
    }
}

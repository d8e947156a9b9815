package io.github.camelzendesk.auth.cli.internal.connections;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;

/**
 * What the keys of a properties file say of connections. The keys of Camel's component count where there are any; else the
 * file is one of connections alone, {@code acme.url=acme}. Stateless.
 */
final class ConnectionKeys {
    private static final Pattern COMPONENT =
            Pattern.compile("camel\\.component\\.zendesk-?auth\\.(.+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAMED =
            Pattern.compile("connections(?:\\[(?<braced>[^\\]]+)]|\\.(?<name>.+))\\.(?<option>[^.]+)");
    /** A connection that a file describes without a name. */
    static final String UNNAMED = "default";

    private ConnectionKeys() {}

    /** @param values of the name of an option and its key, the value */
    static Connections group(Set<String> keys, String source, BinaryOperator<String> values) {
        Map<String, String> common = new TreeMap<>();
        Map<String, Map<String, String>> byName = new TreeMap<>();
        boolean application =
                keys.stream().anyMatch(key -> COMPONENT.matcher(key).matches());
        for (String key : keys) {
            if (application) {
                Matcher component = COMPONENT.matcher(key);
                if (component.matches()) {
                    put(common, byName, component.group(1), key);
                }
            } else {
                put(common, byName, "connections." + key, key);
            }
        }
        if (byName.isEmpty() && !common.isEmpty()) {
            byName.put(UNNAMED, Map.of());
        }
        return new Connections(source, application || YamlProperties.is(source), Map.copyOf(common), byName, values);
    }

    private static void put(
            Map<String, String> common, Map<String, Map<String, String>> byName, String key, String shown) {
        Matcher named = NAMED.matcher(key);
        String alone =
                key.toLowerCase(Locale.ROOT).startsWith("connections.") ? key.substring("connections.".length()) : key;
        if (named.matches()) {
            String name = named.group("braced") == null ? named.group("name") : named.group("braced");
            byName.computeIfAbsent(name, any -> new TreeMap<>()).put(named.group("option"), shown);
        } else if (Options.find(alone).isPresent() || !alone.equals(key)) {
            common.put(Options.find(alone).map(Option::name).orElse(alone), shown);
        }
    }
}

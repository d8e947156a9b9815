package io.github.camelzendesk.auth.rewrite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** What the scan of a module's files has found. For one thread. */
final class Module {
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final Set<Connection> ofProperties = new LinkedHashSet<>();
    private final Set<String> configured = new LinkedHashSet<>();
    private final Set<Path> configurations = new LinkedHashSet<>();
    private @Nullable Framework framework;
    private @Nullable Connection component;
    private boolean hasComponentCredentials;
    private boolean isClientLeft;

    void need(Connection connection) {
        connections.add(connection);
    }

    /** A URI in a property needs a bean, which Spring's properties cannot make. */
    void needForProperty(Connection connection) {
        ofProperties.add(connection);
    }

    void configures(@Nullable String connection) {
        configured.add(connection == null ? "" : connection);
    }

    void configuration(Path file) {
        configurations.add(file);
    }

    void framework(Framework found) {
        framework = found;
    }

    void component(Connection account) {
        component = account;
    }

    void componentCredentials() {
        hasComponentCredentials = true;
    }

    void clientLeft() {
        isClientLeft = true;
    }

    Framework framework() {
        boolean isYaml = !configurations.isEmpty()
                && configurations.stream().noneMatch(file -> file.toString().endsWith(".properties"));
        Framework implied = isYaml ? Framework.SPRING_BOOT : Framework.CAMEL_MAIN;
        return framework == null ? implied : framework;
    }

    /** The account of the component camel-zendesk, where all its endpoints get another client. */
    Optional<Connection> component() {
        return hasComponentCredentials && !isClientLeft ? Optional.ofNullable(component) : Optional.empty();
    }

    /** All that its routes need. */
    List<Connection> connections() {
        Set<Connection> all = new LinkedHashSet<>(connections);
        component().ifPresent(all::add);
        if (framework() != Framework.SPRING_BOOT) {
            all.addAll(ofProperties);
        }
        return List.copyOf(all);
    }

    boolean hasOneConnection() {
        Set<String> names = new LinkedHashSet<>(configured);
        connections().forEach(connection -> names.add(connection.name()));
        return names.size() <= 1;
    }

    /** Where new connections are written: a file of properties if there is one. */
    boolean isForNewConnections(Path file) {
        List<Path> candidates = new ArrayList<>(configurations);
        candidates.sort((a, b) -> Boolean.compare(isYaml(a), isYaml(b)));
        return !candidates.isEmpty() && candidates.get(0).equals(file);
    }

    private static boolean isYaml(Path file) {
        return !file.toString().endsWith(".properties");
    }
}

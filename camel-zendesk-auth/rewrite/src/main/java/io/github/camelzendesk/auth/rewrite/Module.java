package io.github.camelzendesk.auth.rewrite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** What the scan of a module's files has found. For one thread. */
final class Module {
    private final Collection<Module> tree;
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final Set<Connection> ofProperties = new LinkedHashSet<>();
    private final Set<String> configured = new LinkedHashSet<>();
    private final Set<Path> configurations = new LinkedHashSet<>();
    private @Nullable Framework framework;
    private @Nullable Connection component;
    private boolean hasComponentCredentials;
    private boolean isClientMoved;
    private boolean isClientLeft;

    /** @param tree all modules, those too that are found later */
    Module(Collection<Module> tree) {
        this.tree = tree;
    }

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

    /** An endpoint of camel-zendesk takes its credentials from the component, and can do without them. */
    void clientMoved() {
        isClientMoved = true;
    }

    /** An endpoint of camel-zendesk needs the credentials of the component. */
    void clientLeft() {
        isClientLeft = true;
    }

    Framework framework() {
        boolean isYaml = !configurations.isEmpty()
                && configurations.stream().noneMatch(file -> file.toString().endsWith(".properties"));
        Framework implied = isYaml ? Framework.SPRING_BOOT : Framework.CAMEL_MAIN;
        return framework == null ? implied : framework;
    }

    /** The account of the component camel-zendesk, where each endpoint of the source tree can do without its credentials. */
    Optional<Connection> component() {
        boolean isDispensable =
                hasComponentCredentials && isClientMoved && tree.stream().noneMatch(Module::isInNeed);
        return isDispensable ? Optional.ofNullable(component) : Optional.empty();
    }

    private boolean isInNeed() {
        return isClientLeft || isClientMoved && component == null;
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

    /** Its own, and where it is the only one with a configuration those of all modules. */
    List<Connection> configuredConnections() {
        boolean isTheOnlyOne = tree.stream().noneMatch(other -> other != this && !other.configurations.isEmpty());
        Set<Connection> all = new LinkedHashSet<>(connections());
        if (isTheOnlyOne) {
            tree.forEach(other -> all.addAll(other.connections()));
        }
        return List.copyOf(all);
    }

    boolean hasOneConnection() {
        Set<String> names = new LinkedHashSet<>(configured);
        configuredConnections().forEach(connection -> names.add(connection.name()));
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

package io.github.camelzendesk.auth.cli.internal.doctor;

import java.util.List;
import java.util.Optional;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials.Grant;
import io.github.camelzendesk.auth.oauth.Credentials.Renewable;
import io.github.camelzendesk.auth.settings.SettingsOwner;

/**
 * Where a connection of the configuration keeps what. Immutable.
 *
 * @param fingerprint of the token that the configuration brings; empty without one
 */
record ConfiguredPlace(String name, String place, SettingsOwner owner, String fingerprint) {

    /** Of all that can be understood and keep something. */
    static List<ConfiguredPlace> of(List<NamedConnection> connections) {
        return connections.stream()
                .map(NamedConnection::withoutLogin)
                .flatMap(connection -> of(connection).stream())
                .toList();
    }

    static Optional<ConfiguredPlace> of(NamedConnection connection) {
        try {
            Connection parsed = connection.parsed();
            return parsed.credentials() instanceof Renewable renewable
                    ? Optional.of(new ConfiguredPlace(
                            connection.name(),
                            connection.store().identity(),
                            renewable.owner(parsed.url()),
                            renewable instanceof Grant grant ? grant.bootstrap().fingerprint() : ""))
                    : Optional.empty();
        } catch (ConfigurationRefused e) {
            return Optional.empty();
        }
    }

    boolean isSameTokenElsewhere(ConfiguredPlace other) {
        return !fingerprint.isEmpty() && fingerprint.equals(other.fingerprint) && !place.equals(other.place);
    }

    boolean isOtherGrantAtSamePlace(ConfiguredPlace other) {
        boolean otherToken =
                !fingerprint.isEmpty() && !other.fingerprint.isEmpty() && !fingerprint.equals(other.fingerprint);
        return place.equals(other.place) && (otherToken || !owner.equals(other.owner));
    }
}

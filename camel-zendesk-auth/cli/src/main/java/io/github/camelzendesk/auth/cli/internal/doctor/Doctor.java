package io.github.camelzendesk.auth.cli.internal.doctor;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials.Fixed;
import io.github.camelzendesk.auth.oauth.Credentials.Grant;
import io.github.camelzendesk.auth.oauth.Credentials.Renewable;
import io.github.camelzendesk.auth.options.Options;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/** Checks connections, and uses up no refresh token. For one thread. */
public final class Doctor {
    private static final Duration STORE_LIMIT = Duration.ofSeconds(10);

    private final List<NamedConnection> all;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final Predicate<URI> isFree;
    private final Machine machine = new Machine(Path.of("/"));

    /**
     * @param all the connections of the configuration, one of which is examined at a time
     * @param isFree whether a callback to this address could be received
     */
    public Doctor(
            List<NamedConnection> all, Map<String, String> environment, InstantSource clock, Predicate<URI> isFree) {
        this.all = all;
        this.environment = environment;
        this.clock = clock;
        this.isFree = isFree;
    }

    /** What each check of a connection saw, by the name of the check, in order. */
    public Map<String, Finding> examine(NamedConnection named) {
        NamedConnection connection = named.withoutLogin();
        try {
            Connection parsed = connection.parsed();
            return new Examination(connection, parsed).made();
        } catch (ConfigurationRefused e) {
            return refused(e);
        }
    }

    /** Of a connection whose options cannot be understood. */
    public static Map<String, Finding> refused(ConfigurationRefused error) {
        return Map.of("options", Finding.of(Level.FAIL, error));
    }

    /** One connection, whose options make sense. */
    private final class Examination {
        private final NamedConnection connection;
        private final Connection parsed;
        private final Map<String, Finding> findings = new LinkedHashMap<>();

        Examination(NamedConnection connection, Connection parsed) {
            this.connection = connection;
            this.parsed = parsed;
        }

        Map<String, Finding> made() {
            Probe probe = Probe.of(connection.options(), clock);
            NetworkChecks network = new NetworkChecks(parsed.url(), probe, environment);
            make(
                    "options",
                    () -> Finding.ok("authScheme=" + parsed.credentials().authScheme()));
            make("url", network::url);
            make("network", network::network);
            make("host", network::host);
            make("clock", network::clock);
            if (parsed.credentials() instanceof Fixed fixed) {
                make("end", new FixedChecks(fixed, clock)::end);
                online(network, "identity", new IdentityCheck(connection, fixed, null));
            } else if (parsed.credentials() instanceof Renewable renewable) {
                renewable(renewable, probe, network);
            }
            return findings;
        }

        private void renewable(Renewable renewable, Probe probe, NetworkChecks network) {
            ClientChecks client = new ClientChecks(parsed, renewable, probe);
            online(network, "client", client::client);
            if (renewable instanceof Grant grant) {
                LoginChecks login = new LoginChecks(parsed, grant, probe, isFree, machine);
                online(network, "redirect", () -> client.isUnknown() ? ClientChecks.unknown() : login.redirect());
                online(network, "kind", () -> client.isUnknown() ? ClientChecks.unknown() : login.kind());
                make("port", login::port);
            }
            stored().ifPresent(stored -> {
                settings(stored);
                GrantChecks grant = new GrantChecks(renewable, stored, clock);
                make("copies", copies(renewable, stored));
                make("tokens", grant::tokens);
                make("scope", () -> grant.scope(client.grantedScope()));
                online(network, "identity", new IdentityCheck(connection, renewable, stored));
            });
        }

        private Optional<Stored> stored() {
            try {
                SettingsStore store = connection.store();
                return Optional.of(Stored.read(store, STORE_LIMIT));
            } catch (ConfigurationRefused e) {
                findings.put("settings", Finding.of(Level.FAIL, e));
            } catch (InterruptedException | RuntimeException e) {
                findings.put("settings", unexpected(e));
            }
            return Optional.empty();
        }

        private void settings(Stored stored) {
            SettingsChecks settings = new SettingsChecks(stored, machine);
            make("settings", settings::settings);
            stored.file().ifPresent(file -> {
                FolderChecks folder = new FolderChecks(file, machine);
                make("folder", folder::folder);
                make("space", folder::space);
                make("file system", folder::fileSystem);
                make("locks", folder::locks);
            });
            if (stored.failure() == null) {
                make("lock holder", settings::lock);
            }
        }

        private Check copies(Renewable renewable, Stored stored) {
            Secret keys = Secret.ofNullable(connection.options().find(Options.OAUTH_SETTINGS_SECRET_KEY));
            SettingsCodec codec = SettingsCodec.of(renewable.owner(parsed.url()), keys);
            List<ConfiguredPlace> others = ConfiguredPlace.of(all.stream()
                    .filter(other -> !other.name().equals(connection.name()))
                    .toList());
            return () -> new CopiesCheck(
                            ConfiguredPlace.of(connection).orElseThrow(), others, stored, codec, environment)
                    .run();
        }

        private void online(NetworkChecks network, String name, Check check) {
            make(name, () -> network.isReached() ? check.run() : NetworkChecks.unreached());
        }

        private void make(String name, Check check) {
            try {
                findings.put(name, check.run());
            } catch (IOException e) {
                findings.put(
                        name,
                        Finding.notChecked(
                                "it met " + LogSafeText.oneLine(e),
                                "Try again; if it stays, look at the network or the disk."));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                findings.put(name, unexpected(e));
            } catch (Exception e) {
                findings.put(name, unexpected(e));
            }
        }

        /** Names the class only: a foreign message may quote a secret. */
        private static Finding unexpected(Exception error) {
            return Finding.notChecked(
                    "there was an unexpected " + error.getClass().getSimpleName(),
                    "Repeat it; if it comes again, report it with what 'zendesk-auth status --debug' prints.");
        }
    }
}

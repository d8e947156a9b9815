package io.github.camelzendesk.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

import org.apache.camel.CamelContext;

import io.github.camelzendesk.auth.options.InitiateOAuth;
import io.github.camelzendesk.auth.ZendeskAuthComponent;
import io.github.camelzendesk.auth.ZendeskAuthConnection;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsOwner;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreProvider.BeanLookup;
import io.github.camelzendesk.auth.settings.SettingsStores;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * Connections to as many accounts, configured by name, with settings of its own each. Immutable.
 *
 * @param store {@code memory}, {@code file}, or a location that all of them share
 * @param folder of the files
 * @param port of the server on all loopback addresses, each of which is an account
 */
record Tenants(int count, String store, Path folder, int port) {
    static final Duration LIFETIME = Duration.ofMinutes(30);

    private static final int HOSTS = 250;
    private static final Duration REFRESH_LIFETIME = Duration.ofDays(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String CLIENT = "marketplace";

    /** From the arguments of a child. */
    static Tenants of(String[] args) {
        return new Tenants(Integer.parseInt(args[0]), args[1], Path.of(args[2]), Integer.parseInt(args[3]));
    }

    static String name(int number) {
        return "tenant-" + number;
    }

    static String host(int number) {
        return "127." + (1 + number / HOSTS / HOSTS) + "." + number / HOSTS % HOSTS + "." + (1 + number % HOSTS);
    }

    /** The settings as they are stored now. */
    Optional<OAuthSettings> stored(int number) {
        return store(number).load();
    }

    /** Stores a pair that ends so much after now for each of them. */
    void store(Duration untilEnd) throws Exception {
        Instant end = Instant.now().plus(untilEnd);
        IntFunction<OAuthSettings> settings = number ->
                OAuthSettings.empty(url(number), CLIENT).withNewLineage("lineage-" + number, pair(host(number), end));
        for (int i = 0; i < count; i++) {
            write(i, settings.apply(i));
        }
    }

    void configure(CamelContext context, ZendeskAuthComponent component) {
        component.getConfiguration().setInitiateOAuth(InitiateOAuth.REFRESH);
        component.getConfiguration().setOauthClientId(CLIENT);
        component.getConfiguration().setOauthClientSecret("secret-of-the-marketplace-client");
        Map<String, ZendeskAuthConnection> connections = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            ZendeskAuthConnection connection = new ZendeskAuthConnection();
            connection.set(context, "url", url(i));
            connection.set(context, "oauthSettingsLocation", location(i));
            connections.put(name(i), connection);
        }
        component.setConnections(connections);
    }

    private static TokenPair pair(String host, Instant end) {
        Instant obtained = end.minus(LIFETIME);
        return new TokenPair(
                Secret.of(RotatingAccount.accessToken(host, 0)),
                Secret.of(RotatingAccount.refreshToken(host, 0)),
                "read write",
                obtained,
                end,
                obtained.plus(REFRESH_LIFETIME));
    }

    /**
     * A file is written past its store, which would keep a descriptor of each lock and so have them open at the start.
     */
    private void write(int number, OAuthSettings settings) throws IOException, InterruptedException {
        if (store.equals("file")) {
            Path file = Files.createFile(
                    Path.of(location(number)),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, codec(number).encode(settings));
            return;
        }
        try (SettingsTransaction transaction = store(number).begin(PATIENCE).orElseThrow()) {
            transaction.save(settings);
        }
    }

    private SettingsStore store(int number) {
        return SettingsStores.open(
                location(number),
                SettingsStores.name(name(number), SettingsOwner.person(url(number), CLIENT)),
                codec(number),
                new NoBeans());
    }

    private SettingsCodec codec(int number) {
        return SettingsCodec.of(url(number), CLIENT, null);
    }

    private String url(int number) {
        return "http://" + host(number) + ":" + port;
    }

    private String location(int number) {
        return switch (store) {
            // With the port, because the memory is that of the JVM: the warm-up has tenants of the same names.
            case "memory" -> "memory:" + port + "-" + name(number);
            case "file" -> folder.resolve(name(number) + ".json").toString();
            default -> store;
        };
    }

    private static final class NoBeans implements BeanLookup {
        @Override
        public <T> T find(String name, Class<T> type) {
            throw new IllegalArgumentException("no bean " + name);
        }
    }
}

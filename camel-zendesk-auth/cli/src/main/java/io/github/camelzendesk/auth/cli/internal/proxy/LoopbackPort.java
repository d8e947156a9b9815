package io.github.camelzendesk.auth.cli.internal.proxy;

import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/**
 * A port of this machine. All its users reach it, so each request must show a token. Thread-safe once it listens.
 *
 * <p>It is bound on ::1 too, where there is one: a program that calls {@code localhost} tries that first, and would show the
 * token to whatever listens there.
 */
public final class LoopbackPort implements ProxyAddress {
    private static final int TRIES = 8;

    private final ProxyToken token;
    private final int asked;
    private Set<String> hosts = Set.of();
    private String address = "";

    /** @param port 0 for any */
    public LoopbackPort(int port, ProxyToken token) {
        this.asked = port;
        this.token = token;
    }

    @Override
    public List<ServerConnector> connectors(Server server, HttpConnectionFactory http) {
        for (int tries = TRIES; ; tries--) {
            List<ServerConnector> bound = new ArrayList<>();
            try {
                bind(bound, server, http);
                name(bound.get(0).getLocalPort());
                return bound;
            } catch (IOException e) {
                bound.forEach(ServerConnector::close);
                if (asked != 0 || tries == 0) {
                    throw new ConfigurationRefused("--port: " + asked + " cannot be listened on ("
                            + (e.getCause() instanceof BindException ? "another program does" : "not permitted")
                            + "): choose another port, or leave --port out to have a free one found.");
                }
            }
        }
    }

    private void bind(List<ServerConnector> bound, Server server, HttpConnectionFactory http) throws IOException {
        bind(bound, "127.0.0.1", asked, server, http);
        if (hasIpv6Loopback(server, http)) {
            bind(bound, "::1", bound.get(0).getLocalPort(), server, http);
        }
    }

    private static void bind(
            List<ServerConnector> bound, String host, int port, Server server, HttpConnectionFactory http)
            throws IOException {
        ServerConnector connector = new ServerConnector(server, 1, 1, http);
        connector.setHost(host);
        connector.setPort(port);
        connector.setAcceptQueueSize(Limits.CONNECTIONS);
        bound.add(connector);
        connector.open();
    }

    private static boolean hasIpv6Loopback(Server server, HttpConnectionFactory http) {
        List<ServerConnector> probe = new ArrayList<>();
        try {
            bind(probe, "::1", 0, server, http);
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            probe.forEach(ServerConnector::close);
        }
    }

    private void name(int port) {
        address = "http://127.0.0.1:" + port;
        hosts = Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
    }

    @Override
    public void listening() {
        // There is nothing more to do.
    }

    @Override
    public boolean isHost(String host) {
        return hosts.contains(host.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean isOwners(Request request) {
        return token.isShownBy(request);
    }

    @Override
    public String toString() {
        return address;
    }

    @Override
    public void close() {
        token.close();
    }
}

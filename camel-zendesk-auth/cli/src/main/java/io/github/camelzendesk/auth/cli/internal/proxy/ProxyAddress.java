package io.github.camelzendesk.auth.cli.internal.proxy;

import java.util.List;

import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/** Where programs of this machine reach the proxy, and what they must show there. */
public sealed interface ProxyAddress extends AutoCloseable permits LoopbackPort, OwnerOnlySocket {
    /**
     * What listens there.
     *
     * @throws ConfigurationRefused when that cannot be
     */
    List<? extends AbstractConnector> connectors(Server server, HttpConnectionFactory http);

    /** Called once they listen. */
    void listening();

    /** Whether a request may call the proxy by this host: another one is a web page's (DNS rebinding). */
    boolean isHost(String host);

    /** Whether the request shows that it is the owner's. */
    boolean isOwners(Request request);

    /** How a program calls it. */
    @Override
    String toString();

    /** Removes what it made. Called when nothing listens any more. */
    @Override
    void close();
}

package io.github.camelzendesk.auth.cli.internal.proxy;

import java.util.List;

import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/**
 * A reverse proxy for programs of this machine that know no OAuth: adds the authorization of one connection to their requests,
 * and sends them to its account, and nowhere else. Thread-safe.
 *
 * <p>A 401 {@code invalid_token} (RFC 6750 section 3.1) is answered by another token and the same request, once, unless its
 * body is too long to be kept. Bodies go through piece by piece.
 */
public final class AccountProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccountProxy.class);
    private static final int MORE_THREADS = 16;

    private final Server server = new Server(threads());
    private final ProxyAddress address;

    private AccountProxy(Account account, ProxyAddress address, Limits limits) {
        this.address = address;
        server.setHandler(new ServedRequests(new Refusals(address), account, limits));
        server.setErrorHandler(new Malformed());
        server.setRequestLog(AccountProxy::log);
        server.setStopTimeout(limits.end().toMillis());
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(Limits.CONNECTIONS + MORE_THREADS);
        threads.setName("zendesk-auth-serve");
        return threads;
    }

    /**
     * Listens. The address is closed with the proxy, or when that cannot be.
     *
     * @throws io.github.camelzendesk.auth.oauth.ConfigurationRefused when it cannot listen there
     */
    public static AccountProxy start(Account account, ProxyAddress address, Limits limits) {
        AccountProxy proxy = new AccountProxy(account, address, limits);
        try {
            proxy.listen(limits);
            return proxy;
        } catch (Exception e) {
            proxy.close();
            throw e instanceof RuntimeException known ? known : new IllegalStateException(e);
        }
    }

    private void listen(Limits limits) throws Exception {
        List<? extends AbstractConnector> connectors =
                address.connectors(server, new HttpConnectionFactory(configuration()));
        for (AbstractConnector connector : connectors) {
            connector.setIdleTimeout(limits.idle().toMillis());
            connector.setShutdownIdleTimeout(limits.end().toMillis());
            server.addConnector(connector);
        }
        NetworkConnectionLimit limit =
                new NetworkConnectionLimit(Limits.CONNECTIONS, connectors.toArray(AbstractConnector[]::new));
        limit.setEndPointIdleTimeout(limits.crowded().toMillis());
        server.addBean(limit);
        server.start();
        address.listening();
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(Limits.REQUEST_HEAD);
        configuration.setResponseHeaderSize(Limits.ANSWER_HEAD);
        configuration.setSendServerVersion(false);
        // Zendesk's is passed on.
        configuration.setSendDateHeader(false);
        return configuration;
    }

    /** Neither a query nor a header: they hold what people search for, and secrets. */
    private static void log(Request request, Response response) {
        LOG.info(
                "{} {} {} {} ms",
                request.getMethod(),
                LogSafeText.unbroken(String.valueOf(request.getHttpURI().getPath())),
                response.getStatus(),
                NanoTime.millisSince(request.getBeginNanoTime()));
    }

    /** Where it listens. */
    @Override
    public String toString() {
        return address.toString();
    }

    /** Takes no more connections, lets running requests finish, and removes what the address made. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.debug("The proxy ended with requests that had not", e);
        }
        address.close();
    }

    /** What Jetty refuses, or answers at the end. */
    private static final class Malformed extends ErrorHandler {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            int status = response.getStatus();
            problem(status).answer(response, callback);
            return true;
        }

        private static Problem problem(int status) {
            return switch (status) {
                case 431, 414 -> new Problem(status, "HeadTooLong", "The head of the request is longer than 16 KiB.");
                case 503 -> new Problem(status, "Ending", "This proxy is about to end: start it again.");
                case 500 ->
                    new Problem(
                            status, "Unexpected", "This proxy failed: run it with --verbose, and report what it logs.");
                default ->
                    new Problem(
                            status,
                            "Malformed",
                            "The request is no HTTP/1.1 that this proxy serves: look for a step or a separator in disguise in"
                                    + " its path (%2e, %2f), for a header that stands twice, and for a wrong length.");
            };
        }
    }
}

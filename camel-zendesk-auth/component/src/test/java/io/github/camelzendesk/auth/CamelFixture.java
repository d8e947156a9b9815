package io.github.camelzendesk.auth;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;

import io.github.camelzendesk.auth.login.Browser;

/** A Camel context for one test; without JMX, which takes a third of the time of such a test, unless it is managed. */
public final class CamelFixture implements AutoCloseable {
    /** Not on the class path of each release of Camel that these tests run on. */
    public static final boolean HAS_XML =
            CamelFixture.class.getResource("/META-INF/services/org/apache/camel/routes-loader/xml") != null;

    public final CamelContext context;

    public CamelFixture() {
        this(false);
    }

    private CamelFixture(boolean managed) {
        context = unbuilt(managed);
        // Built after this, so that Camel looks for its plugins with it: a test may load this class with a class loader
        // of its own.
        context.setApplicationContextClassLoader(CamelFixture.class.getClassLoader());
        context.start();
    }

    /** A context of a test's own, without JMX. */
    public static CamelContext notStarted() {
        CamelContext context = unbuilt(false);
        context.build();
        return context;
    }

    private static CamelContext unbuilt(boolean managed) {
        CamelContext context = new DefaultCamelContext(false);
        if (!managed) {
            context.disableJMX();
        }
        return context;
    }

    /** As operators have it. */
    public static CamelFixture managed() {
        return new CamelFixture(true);
    }

    public static CamelFixture withBrowser(Browser browser) {
        CamelFixture camel = new CamelFixture();
        camel.context.getRegistry().bind("browser", browser);
        return camel;
    }

    /** For a callback. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public Exchange send(String uri) {
        return send(uri, Map.of());
    }

    public Exchange send(String uri, Map<String, Object> headers) {
        return context.createProducerTemplate()
                .send(uri, exchange -> exchange.getMessage().getHeaders().putAll(headers));
    }

    public String authorization(String uri) {
        Exchange exchange = send(uri);
        if (exchange.getException() != null) {
            throw new AssertionError(exchange.getException());
        }
        return exchange.getMessage().getHeader("Authorization", String.class);
    }

    @Override
    public void close() {
        context.stop();
    }
}

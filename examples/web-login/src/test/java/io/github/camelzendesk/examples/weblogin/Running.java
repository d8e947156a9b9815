package io.github.camelzendesk.examples.weblogin;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.InstantSource;

import org.apache.camel.main.Main;

import io.github.camelzendesk.auth.testkit.ZendeskServer;

/** The application, running on the stand-in for the time of a test. */
final class Running implements AutoCloseable {
    private final Main main;
    private final String origin;

    private Running(Main main, String origin) {
        this.main = main;
        this.origin = origin;
    }

    static Running on(ZendeskServer zendesk) throws Exception {
        String origin = "http://localhost:" + freePort();
        Main main = WebLogin.application(WebLogin.onTheStandIn(zendesk, origin + "/callback"), InstantSource.system());
        main.start();
        return new Running(main, origin);
    }

    URI at(String path) {
        return URI.create(origin + path);
    }

    @Override
    public void close() {
        main.stop();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

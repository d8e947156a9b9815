package io.github.camelzendesk.examples.weblogin;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

import org.apache.camel.main.Main;

import io.github.camelzendesk.auth.testkit.ZendeskServer;

/** The application, running on the stand-in for the time of a test. */
final class Running implements AutoCloseable {
    private final Main main;
    private final String origin;

    private volatile Duration offset = Duration.ZERO;

    private Running(ZendeskServer zendesk, String origin) {
        this.origin = origin;
        this.main = WebLogin.application(
                WebLogin.onTheStandIn(zendesk, origin + "/callback"),
                () -> InstantSource.system().instant().plus(offset));
    }

    static Running on(ZendeskServer zendesk) throws Exception {
        Running running = new Running(zendesk, "http://localhost:" + freePort());
        running.main.start();
        return running;
    }

    URI at(String path) {
        return URI.create(origin + path);
    }

    /** What happens to the sessions when this time has gone by. */
    void later(Duration time) throws Exception {
        offset = time;
        main.getCamelTemplate().sendBody("direct:endSessions", null);
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

package io.github.camelzendesk.auth.handover;

import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;

/** Somebody else's server, which welcomes everything and remembers it. Thread-safe. */
final class ForeignServer implements AutoCloseable {
    private final WireMockServer server = new WireMockServer(
            WireMockConfiguration.wireMockConfig().bindAddress("127.0.0.1").dynamicPort());

    ForeignServer() {
        server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok("welcome")));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.port() + "/trap";
    }

    /** Redirects each caller to another address. */
    void sendOnTo(String address) {
        server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.temporaryRedirect(address)));
    }

    List<Request> requests() {
        return server.getAllServeEvents().stream()
                .<Request>map(ServeEvent::getRequest)
                .toList();
    }

    @Override
    public void close() {
        server.stop();
    }
}

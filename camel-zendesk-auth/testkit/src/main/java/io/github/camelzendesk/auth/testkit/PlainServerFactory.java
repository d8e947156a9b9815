package io.github.camelzendesk.auth.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.AdminRequestHandler;
import com.github.tomakehurst.wiremock.http.HttpServer;
import com.github.tomakehurst.wiremock.http.HttpServerFactory;
import com.github.tomakehurst.wiremock.http.StubRequestHandler;
import com.github.tomakehurst.wiremock.jetty11.Jetty11HttpServer;

import wiremock.jakarta.servlet.ServletException;
import wiremock.jakarta.servlet.http.HttpServletRequest;
import wiremock.jakarta.servlet.http.HttpServletResponse;
import wiremock.jakarta.servlet.http.HttpServletResponseWrapper;
import wiremock.org.eclipse.jetty.http.HttpFields;
import wiremock.org.eclipse.jetty.server.Handler;
import wiremock.org.eclipse.jetty.server.Request;
import wiremock.org.eclipse.jetty.server.Server;
import wiremock.org.eclipse.jetty.server.handler.ErrorHandler;
import wiremock.org.eclipse.jetty.server.handler.HandlerWrapper;

/**
 * Takes from WireMock and Jetty what would give the stand-in away: their headers, their pages, the administration by HTTP,
 * and the 500 that WireMock answers to malformed percent-encoding before any stub or transformer is asked. Stateless.
 */
final class PlainServerFactory implements HttpServerFactory {
    private static final int LOWEST = 10;
    private static final int THREADS = 60;
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final InstantSource clock;

    private PlainServerFactory(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Starts a server on a loopback port, 0 for any, where the transformer answers whatever no other stub does.
     *
     * @param clock what each answer tells the time by (RFC 9110 section 6.6.1)
     */
    static WireMockServer start(int port, Transformer transformer, InstantSource clock) {
        WireMockConfiguration options = WireMockConfiguration.wireMockConfig()
                .bindAddress("127.0.0.1")
                .containerThreads(THREADS)
                .disableRequestJournal()
                .httpServerFactory(new PlainServerFactory(clock))
                .extensions(transformer);
        WireMockServer wireMock = new WireMockServer(port == 0 ? options.dynamicPort() : options.port(port));
        wireMock.stubFor(WireMock.any(WireMock.anyUrl())
                .atPriority(LOWEST)
                .willReturn(WireMock.aResponse().withTransformers(Transformer.NAME)));
        wireMock.start();
        return wireMock;
    }

    @Override
    public HttpServer buildHttpServer(Options options, AdminRequestHandler admin, StubRequestHandler stubs) {
        return new Jetty11HttpServer(options, admin, stubs) {
            @Override
            protected Handler createHandler(Options of, AdminRequestHandler adminHandler, StubRequestHandler handler) {
                Plain plain = new Plain();
                plain.setHandler(super.createHandler(of, adminHandler, handler));
                return plain;
            }

            @Override
            protected void applyAdditionalServerConfiguration(Server server, Options of) {
                super.applyAdditionalServerConfiguration(server, of);
                server.setErrorHandler(new PlainErrors());
            }
        };
    }

    private final class Plain extends HandlerWrapper {
        @Override
        public void handle(String path, Request base, HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            response.setHeader("X-Request-Id", UUID.randomUUID().toString());
            response.setHeader("Date", HTTP_DATE.format(clock.instant()));
            try {
                if (path.startsWith("/__admin")) {
                    send(Caller.unauthenticated(), base, response);
                } else {
                    super.handle(path, base, request, new PlainResponse(response));
                }
            } catch (IllegalArgumentException e) {
                send(path.equals("/oauth/tokens") ? json() : html(), base, response);
            }
        }

        private static Answer json() {
            return Answer.json(
                    400, Map.of("error", "invalid_request", "error_description", "The request is malformed."));
        }

        private static Answer html() {
            return Answer.html(400, ConsentPage.invalidRequest());
        }

        private static void send(Answer answer, Request base, HttpServletResponse response) throws IOException {
            base.setHandled(true);
            response.setStatus(answer.status());
            answer.headers().forEach(response::setHeader);
            response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Without the headers that name a stub. */
    private static final class PlainResponse extends HttpServletResponseWrapper {
        PlainResponse(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void addHeader(String name, String value) {
            if (!name.startsWith("Matched-Stub-")) {
                super.addHeader(name, value);
            }
        }
    }

    private static final class PlainErrors extends ErrorHandler {
        @Override
        public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
            fields.add("Content-Type", "text/html; charset=utf-8");
            return ByteBuffer.wrap(ConsentPage.invalidRequest().getBytes(StandardCharsets.UTF_8));
        }
    }
}
